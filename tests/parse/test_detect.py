"""Which language a file is in."""

from __future__ import annotations

import pytest

from rlm_code.parse import language_of


@pytest.mark.parametrize(
    ("path", "head", "language"),
    [
        ("src/cart.py", b"", "python"),
        ("src/cart.pyi", b"", "python"),
        ("CART.PY", b"", "python"),
        ("app/list.d.ts", b"", "typescript"),
        ("app/list.tsx", b"", "tsx"),
        ("app/list.mjs", b"", "javascript"),
        ("Makefile", b"", "make"),
        ("build/Dockerfile", b"", "dockerfile"),
        ("Gemfile", b"", "ruby"),
        ("bin/run", b"#!/usr/bin/env python3.12\n", "python"),
        ("bin/run", b"#!/usr/bin/env -S deno run\n", "typescript"),
        ("bin/run", b"#!/bin/sh -e\n", "bash"),
        ("bin/run", b"#! /usr/bin/perl\n", "perl"),
        ("bin/run", b"#!/usr/bin/env FOO=1 node\n", "javascript"),
        ("cart.h", b"struct cart { int price; };\n", "c"),
        ("cart.h", b"#pragma once\nnamespace shop {\nclass Cart;\n}\n", "cpp"),
        ("cart.h", b"#include <string>\nstd::string name();\n", "cpp"),
        ("cart.h", b"#import <UIKit/UIKit.h>\n@interface Cart\n@end\n", "objc"),
        ("cart.h", b"", "c"),
        ("cart.h", b"#include <stdio.h>\n#define A 1\n", "c"),
        ("cart.m", b"#import <UIKit/UIKit.h>\n", "objc"),
        ("cart.m", b"int a = 1; // one\n", "objc"),
        ("cart.m", b"% carts\nx = 1;\n", "matlab"),
        ("cart.m", b"function a = b(c)\n", "matlab"),
        (".bashrc", b"", "bash"),
    ],
)
def test_language_of(path: str, head: bytes, language: str) -> None:
    found = language_of(path, head)
    assert found is not None
    assert found.name == language


@pytest.mark.parametrize(
    ("path", "head"),
    [
        ("LICENSE", b"MIT"),
        ("notes.txt", b"#!/usr/bin/env python\n"),
        ("bin/run", b"#!/usr/bin/env\n"),
        ("bin/run", b"#!\n"),
        ("bin/run", b"\xff\xfe"),
        ("", b""),
        ("photo.png", b"\x89PNG"),
    ],
)
def test_no_language(path: str, head: bytes) -> None:
    assert language_of(path, head) is None
