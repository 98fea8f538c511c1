"""What a text says it is for, in its own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_code.codebase.prose import first_paragraph, first_sentence, purpose_of_file, purpose_of_readme


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ('"""Charges cards.\n\nNothing else."""\nimport x\n', ("Charges cards.", 1, 3)),
        ("#!/bin/sh\n# Copyright 2020 A. Nobody\n\n# Starts the\n# shop.\nset -e\n", ("Starts the shop.", 4, 5)),
        ("/*\n * Licensed under X\n */\n/** Speaks to the bank. */\nint x;\n", ("Speaks to the bank.", 4, 4)),
        ("// Package shop sells.\npackage shop\n", ("Package shop sells.", 1, 1)),
        ("//go:build linux\n\npackage shop\n", ("", 0, 0)),
        ("'use strict';\n// @ts-check\nmodule.exports = 1\n", ("", 0, 0)),
        ("import x\n# not the purpose\n", ("", 0, 0)),
        ('#include "server.h"\n#include <math.h>\n', ("", 0, 0)),
        ("#ifndef SHOP_H\n#define SHOP_H\n", ("", 0, 0)),
        ("#![no_std]\n#[macro_use]\nextern crate a;\n", ("", 0, 0)),
        ("/*-------------\n * Sorted sets.\n *------------*/\n", ("Sorted sets.", 1, 3)),
        ("# if you sell things\n", ("if you sell things", 1, 1)),
        ("<!-- The front page -->\n<html>", ("The front page", 1, 1)),
        ("", ("", 0, 0)),
    ],
)
def test_source_files(source: str, says: tuple[str, int, int]) -> None:
    assert purpose_of_file(source.split("\n")) == says


@pytest.mark.parametrize(
    ("readme", "says"),
    [
        ("# Shop\n\n[![badge](x)](y)\n\nSells *things* with [care](z).\n\nMore.\n", ("Sells things with care.", 5, 5)),
        ("Shop\n====\n\nIt was new.\n\nShop is a place\nto buy.\n", ("Shop is a place to buy.", 6, 7)),
        ("# News\n\nVersion 2 is out now!\n\n---\n\nShop is a thing.\n", ("Version 2 is out now!", 3, 3)),
        ("# Only a heading\n", ("", 0, 0)),
        ("snake_case and `more_of_it`, __bold__.\n", ("snake_case and `more_of_it`, bold.", 1, 1)),
    ],
)
def test_readmes(readme: str, says: tuple[str, int, int]) -> None:
    assert purpose_of_readme(readme.split("\n")) == says


def test_paragraphs_and_sentences() -> None:
    doc = "JSON\n~~~~\n\nA :class:`~pkg.mod.Thing` that ``works``. And more,\nmuch more.\n\nThe end."
    assert first_paragraph(doc) == "A `Thing` that `works`. And more, much more."
    assert first_sentence(doc) == "A `Thing` that `works`"
    assert first_paragraph("It runs. Do this::\n\n    run()") == "It runs."
    assert first_paragraph("Only a heading\n====") == "Only a heading"
    assert first_sentence("v1.2 is old. x") == "v1.2 is old"
    assert len(first_sentence("word " * 100)) <= 92


@given(st.text("ab #/*\"'\n<!->.", max_size=60))
def test_any_text_has_a_purpose_or_none(text: str) -> None:
    lines = text.split("\n")
    for read in (purpose_of_file, purpose_of_readme):
        said, first, last = read(lines)
        assert (said == "") == (first == 0)
        assert not said or 1 <= first <= last <= len(lines)
