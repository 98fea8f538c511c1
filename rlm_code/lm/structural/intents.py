"""What a question asks for, by rules written down in one table.

The rules know English wordings and nothing else. The first that matches the whole question wins; a question
that none matches is answered by the places that most likely hold the answer.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from rlm_code.lm.structural.subject import NOTHING, WHOLE, Subject, setting, subject

Kind = Literal[
    "define", "show", "outline", "callers", "tests", "callees", "imports", "importers", "subclasses", "descent", "path",
    "history", "explain", "trace", "places", "version", "help", "setting", "variables", "compare", "extend",
]  # fmt: skip

# Words that rules share. In all of these, a bracket groups and never captures.
_WORDS = {
    "works": "(being |get )?({used}|set|defined|looked up|parsed|handled)( from| in)?",
    "by": "( and (by whom?|why|who( (was|is) it| did it| {changed} it)?))?",
    "who": "(who|(what|which)( \\w+){0,3}|how many \\w+|where)",
    "all": "((list|show|find|give|get|print|name|enumerate)( me| us)? |(what|who|where|which)( is| are|'s) )?"
    "(all |every )?(of )?(the )?",
    "any": "(anything|anyone|anybody|something|someone|any \\w+|some \\w+)",
    "of": "( of| to| for|:)",
    "can": "(does|do|can|could|will|would|did|is|are)",
    "uses": "((is |are )?(calling|using)|calls?|uses?|invokes?|references?|instantiates?|constructs?|creates?"
    "|consumes?|triggers?|reads?|sets?|depends? on|relies on|rely on|needs?)",
    "used": "(called|used|invoked|referenced|instantiated|constructed|needed|consumed|read|triggered)",
    "reach": "(reach(es)?|gets? to|leads? to|end up (in|at|calling)|call|invoke|use|arrive at|connect to|trigger"
    "|flow (in)?to)",
    "changed": "(changed?|modif(y|ied)|touch(ed)?|edit(ed)?|updated?|wr(ote|ite|itten)|add(ed)?|introduced?|created?"
    "|authored?|committed)",
    "what": "(what( is|'s| are)|whats)",
    "last": "( last| first| recently)?",
    "was": "(was|were|has|had|did|is)",
    "when": "((when|why|who|by whom)( and (when|why|who|by whom))?)",
    "kinds": "(?P<only>classes|interfaces|functions|methods|types|structs|enums|constants|definitions|symbols|members)",
    "changing": "(chang(e|ed|ing)|remov(e|ed|ing)|renam(e|ed|ing)|delet(e|ed|ing))",
    "whole": "(this|it|the|our)( (repo|repository|project|package|library|codebase|code|app|application|tool))?",
    "defined": "(defined?|declared?|implemented?|located?|lives?|found|come from|sit|stored)",
    "setting": "(env(ironment)?[ -]?var(iable)?|config(uration)?( key| option| setting| value| variable)?|settings?"
    "|options?|flags?|(command[- ]line|cli) (option|flag|argument|switch))",
}

# In the order in which they are tried. {x} and {y} stand for what is asked about.
_TABLE: tuple[tuple[Kind, str], ...] = (
    ("version", "({what} )?(the )?(current |latest )?version( number)?( (of )?{whole})?"),
    ("version", "(what|which) version( number)? (is|does) {whole}( have| at| on)?( now)?"),
    ("setting", "where {can} (the )?{setting} {x} {works}"),
    ("setting", "where {can} (the )?{x} {setting} {works}"),
    ("setting", "{who} {uses} (the )?{setting} {x}"),
    ("setting", "{who} {uses} (the )?{x} {setting}"),
    ("setting", "what (does|do) (the )?{setting} {x} (do|control|change|mean|affect)"),
    ("setting", "what (does|do) (the )?{x} {setting} (do|control|change|mean|affect)"),
    ("variables", "({all}|what |which |are there (any )?)(the )?env(ironment)?[ -]?var(iable)?s"
     "( (does|do|are|is|can|used|read|here|in|by|that|it|this|affect|control|configure) ?.*)?"),
    ("extend", "(how|where) ((do|can|would|should|does|could) (i|we|you|one)|to) "
     "(add|write|create|implement|define|make|register) (an? |another |my |our |own |new |custom )*{x}"),
    ("extend", "how (is|are) (an? )?(new )?{x} (added|registered)"),
    ("compare", "({what} )?(the )?dif+e?rences? between {x} and {y}"),
    ("compare", "how (does|do|is|are) {x} (differ|different) (from|to) {y}"),
    ("compare", "compare {x} (and|with|to) {y}"),
    ("compare", "{x} (vs\\.?|versus) {y}"),
    ("callers", "(nothing|nobody|no one|none) (ever )?{uses} {x}(,? (right|correct|does it|is it|yes))?"),
    ("callers", "(is|are) {x} (never|not) (ever )?({used}|referenced)( anywhere)?"),
    ("callers", "{can} {any} (ever |still |actually )?{uses} {x}"),
    ("tests", "{can} (any |some )?tests? (cover|test|exercise|use|call) {x}"),
    ("tests", "(is|are) (there )?(any |some )?tests? (for|of|that (cover|test|use)) {x}"),
    ("tests", "{all}({who} )?tests? (cover|test|exercise|of|for|that use|use|call)(s|ing)? {x}"),
    ("tests", "(is|are) {x} (covered|tested)( by .*)?"),
    ("tests", "(where|how) (is|are) {x} (being )?(covered|tested)"),
    ("descent", "(does|do|did) {x} (ever )?(inherits?( from)?|extend|subclass|derive from|build on|implement) {y}"),
    ("descent", "is {x} (really )?(an? )?(direct )?(sub-?class|child|descendant|subtype|kind|implementation) of {y}"),
    ("descent", "is {x} (derived|descended|inherited) from {y}"),
    ("descent", "is {y} (an? )?(super-?class|base( class)?|parent|ancestor) of {x}"),
    ("outline", "{all}{kinds} (are |is )?(defined |declared |there )?(of|in|inside|on|by) {x}"),
    ("outline", "(what|which) {kinds} (does|do) {x} (have|define|contain|offer|provide)"),
    ("outline", "(what|which) {kinds} (are|is) (defined |declared |there )?(in|inside|on) {x}"),
    ("outline", "what (is|are|'s) (defined|declared) in {x}"),
    ("path", "how {can} {x} (ever |eventually |finally )?{reach} {y}"),
    ("path", "(can|does) {x} (ever )?{reach} {y}"),
    ("path", "(is there )?(an? )?{all}(shortest )?(call )?(paths?|chains?|routes?|ways?) (of calls )?from {x} to {y}"),
    ("path", "{all}(call )?(paths?|chains?) between {x} and {y}"),
    ("path", "from {x} to {y}"),
    ("path", "(trace|follow)( the)?( calls?)?( path)? from {x} to {y}"),
    ("path", "how (is|are|does) {y} (get )?(reached|{used}) (from|by|via) {x}"),
    ("importers", "{who} (all )?imports? {x}"),
    ("importers", "where( is| are|'s|s) {x} imported( from)?"),
    ("importers", "{all}(importers|imports){of} {x}"),
    ("imports", "what (modules |files |packages )?(does|do) {x} import"),
    ("subclasses", "{who} (all )?(inherits?( from)?|extends?|subclass(es)?|derives? from|implements?|overrides?) {x}"),
    ("subclasses", "{all}(direct )?(sub-?class(es)?|derived classes|descendants|overrides){of} {x}"),
    ("subclasses", "{all}(implementations|implementers?){of} {x}"),
    ("callees", "{who} (functions? |methods? |else )?(does|do) {x} (call|invoke|use|depend on|rely on|need|reference)"),
    ("callees", "{all}(callees|dependencies|calls made (by|in)|calls in) (of |by |for )?{x}"),
    ("callees", "what (is|are|gets) (called|used) (by|in|inside|within) {x}"),
    ("callers", "where {can} ((we|i|they|it|you) )?(call|use|invoke|reference|instantiate|construct) {x}"),
    ("history", "what('s| is| has| was)?( been)? (changed|new|different) since {since}"),
    ("history", "what( has| was)?( been)? {changed} (in|about|inside|to) {x} since {since}"),
    ("history", "({was}|have) {x} (been )?{changed} since {since}"),
    ("history", "who {changed} {x} since {since}"),
    ("history", "{all}(commits|changes|history)( (to|of|for|in) {x})? since {since}"),
    ("history", "{when}( {was})?( it)?{last} {changed} {x}"),
    ("history", "{when} {was} {x}( been)?{last} (been )?{changed}( last)?{by}"),
    ("history", "{all}(git |commit |change |recent )?(history|log|blame|changes|commits?) (of|to|for|on|in) {x}"),
    ("history", "(who (is|are|was) )?{all}(authors?|owners?|maintainers?) (of|for) {x}"),
    ("history", "who (owns|maintains|last touched) {x}"),
    ("history", "(which|what) commits? (last |first )?{changed} {x}"),
    ("history", "what( has| was)? (recently |last )?changed (in|about|inside) {x}( recently| lately| last)?"),
    ("history", "(git )?(blame|log) {x}"),
    ("callers", "{who}( else)? {uses} {x}"),
    ("callers", "{all}(callers?|usages?|uses|references|call ?sites?|users?|consumers|dependents){of} {x}"),
    ("callers", "how( often)? (is|are) {x} {used}"),
    ("callers", "where( all)?( is| are|'s|s) {x} (being )?{used}( from)?"),
    ("callers", "(is|are) {x} (ever |still |actually )?({used}|dead|unused)( anywhere)?"),
    ("callers", "{who} (would |will )?(breaks?|happens|(be |is )?affected) (if|when|by) ((i|we|you) )?{changing} {x}"),
    ("callers", "(what is )?(the )?(impact|effect)s? of {changing} {x}"),
    ("define", "(where|how)( exactly)? (can i|do i|do we|to) find {x}"),
    ("define", "where( exactly)?( is| are|'s|s| does| do| can) {x} (get )?(be )?{defined}( at| in)?"),
    ("define", "(in )?(which|what) (file|module|line|class|folder|package) (is|are|does) {x}( {defined}| in)?"),
    ("define", "(which|what) (file|module|class|folder|package) (defines|declares|contains|implements|has|holds) {x}"),
    ("define", "{all}(definition|declaration|location|implementation|source file)s? (of|for) {x}"),
    ("define", "(find|locate|go ?to|jump to) {x}"),
    ("define", "who defines {x}"),
    ("define", "where( exactly)?( is| are|'s|s) {x}"),
    ("show", "how (is|are) {x} (implemented|written|coded)"),
    ("show", "(show|print|display|open|cat|read|dump)( me| us)?( the)?( whole| full)?"
     "( source| code| body| text| implementation| contents?)*( of| for)? {x}"),
    ("explain", "((can|could) you )?(explain|describe|summari[sz]e)( to me)?( how| what)? {x}( works?| does| is| do)?"),
    ("explain", "(tell me )?(more )?about {x}"),
    ("explain", "({what} )?(the )?(purpose|role|job|responsibility|point|meaning|structure|layout) of {x}"),
    ("explain", "({what} )?(the )?(public )?(api|interface|surface|signature|docs?|documentation) (of|for) {x}"),
    ("callers", "{x} (callers?|usages?|uses|references|call ?sites?|users?)"),
    ("subclasses", "{x} (sub-?classes|implementations|implementers|overrides)"),
    ("history", "{x} (history|log|blame|commits|authors?)"),
    ("define", "{x} (definition|declaration|location)"),
    ("explain", "(give me )?(an? )?(overview|summary|explanation|architecture) of {x}"),
    ("explain", "what (does|do) {x} (do|mean|represent|contain|define|provide|return)"),
    ("explain", "how (does|do) {x} work"),
    ("explain", "how (is|are) {x} (structured|organi[sz]ed|laid out|built|composed)"),
    ("explain", "(what (happens|goes on) (in|inside|within)|walk (me )?through|go through) {x}"),
    ("explain", "({what}|who is) {x}( for| about| doing| good for| used for| responsible for)?"),
)  # fmt: skip

_NEEDS_A_NAME = (
    "callers",
    "tests",
    "outline",
    "callees",
    "imports",
    "importers",
    "subclasses",
    "descent",
    "path",
    "history",
    "compare",
)


def _rule(template: str) -> re.Pattern[str]:
    pattern = template
    for word, meant in _WORDS.items():
        pattern = pattern.replace(f"{{{word}}}", meant)
    pattern = re.sub(r"\((?!\?)", "(?:", pattern)
    for slot, meant in (("x", ".+?"), ("y", ".+?"), ("since", "\\S+")):
        pattern = pattern.replace(f"{{{slot}}}", f"(?P<{slot}>{meant})")
    return re.compile(pattern, re.IGNORECASE)


_RULES = tuple((kind, _rule(template)) for kind, template in _TABLE)
_POLITE = re.compile(
    r"^(?:(?:please|hey|hi|so|ok|and|(?:can|could) you tell me|do you know|i want to know|tell me(?! (?:more )?about))"
    r"[, ]+)+",
    re.IGNORECASE,
)
_HELP = re.compile(
    r"(?:(?:hello|hi|hey)(?: (?:there|world))?|help(?: me)?|what can (?:you|i|this) (?:do|ask|answer)(?: here)?"
    r"|what (?:questions )?(?:can|may|should) i ask(?: here| you)?|who are you|how (?:does this|do you) work)",
    re.IGNORECASE,
)
_FRAME = re.compile(r'File "(?P<a>[^"\n]+)", line (?P<al>\d+)|(?P<b>[\w@./\\+-]+\.[a-zA-Z]{1,5}):(?P<bl>\d+)')
_LONG = 240


class Intent(NamedTuple):
    """What is asked for, about what. `other` is the end of a path; `only` the sort of definitions that an outline is
    asked for; `since` the date or revision after which; `frames` are [path, line] of a stack trace."""

    kind: Kind
    subject: Subject = NOTHING
    other: Subject = NOTHING
    only: str = ""
    since: str = ""
    frames: tuple[tuple[str, int], ...] = ()


PLACES = Intent("places")
HELP = Intent("help")


def intent(question: str) -> Intent:
    """What `question` asks for."""
    frames = _frames(question)
    if len(frames) > 1 or (frames and "\n" in question.strip()):
        return Intent("trace", frames=frames)
    text = " ".join(question.split()).strip(" ?!.,;:").replace(", and ", " and ")
    if not text or len(text) > _LONG:
        return PLACES
    if _HELP.fullmatch(text):
        return HELP
    text = _POLITE.sub("", text)
    for kind, rule in _RULES:
        match = rule.fullmatch(text)
        if match and (found := _about(kind, match.groupdict())):
            return found
    return _bare(text)


_VARIABLE = re.compile(r"(?:process\.env|import\.meta\.env|(?:os\.)?environ|ENV)\W+(?P<name>\w+)\W*")


def _about(kind: Kind, slots: dict[str, str | None]) -> Intent | None:
    """The intent if its slots name something that may exist."""
    variable = _VARIABLE.fullmatch(slots.get("x") or "")
    if kind == "setting" or variable:
        name = setting(variable["name"] if variable else slots["x"] or "")
        kind = "setting"
        return Intent(kind, name) if name is not NOTHING else None
    if kind == "extend":
        return Intent(kind, Subject(((slots["x"] or "").strip(),), "", is_code=False))
    first = subject(slots["x"] or "") if slots.get("x") is not None else WHOLE
    asked = slots.get("x") or ""
    if first is WHOLE and kind in _NEEDS_A_NAME and asked.isidentifier():
        first = Subject((asked,), "", is_code=True)  # "who calls project?" means a definition
    other = subject(slots.get("y") or "") if "y" in slots else NOTHING
    if first is NOTHING or ("y" in slots and other is NOTHING):
        return None
    if kind in _NEEDS_A_NAME:
        first, other = _certain(first), _certain(other)
    return Intent(kind, first, other, (slots.get("only") or "").lower(), slots.get("since") or "")


def _certain(found: Subject) -> Subject:
    """A single word where only a name makes sense is a name, however it is written."""
    return found._replace(is_code=True) if len(found.names) == 1 and not found.is_whole else found


def _bare(text: str) -> Intent:
    """A name or path alone asks to be explained; other words are looked for."""
    found = subject(text)
    if found.within:
        return Intent("define", found)
    one = len(found.names) == 1 and len(text.split()) <= (2 if found.kind else 1)
    return Intent("explain", found) if found is WHOLE or one else PLACES


def _frames(question: str) -> tuple[tuple[str, int], ...]:
    found = ((match["a"] or match["b"], int(match["al"] or match["bl"])) for match in _FRAME.finditer(question))
    return tuple(dict.fromkeys(found))
