"""Names for content: equal content, equal name; other content, another name."""

import ast
from pathlib import Path

from wellbeing.model.results import Wishes
from wellbeing.ui import cache

ROOT = Path(__file__).parents[2]


def test_content_decides_the_name():
    assert cache.fingerprint(b"abc") == cache.fingerprint(b"abc")
    assert cache.fingerprint(b"abc") != cache.fingerprint(b"abd")
    assert cache.fingerprint("a", "bc") != cache.fingerprint("ab", "c")


def test_the_order_in_which_wishes_were_made_does_not_matter():
    names = [f"thema{number}" for number in range(20)]
    assert cache.fingerprint(Wishes(needs=frozenset(names))) == cache.fingerprint(Wishes(needs=frozenset(names[::-1])))
    assert cache.fingerprint(Wishes(needs=frozenset(names))) != cache.fingerprint(Wishes(signals=frozenset(names)))


def test_cache_decorators_stand_in_one_file_and_keep_nothing_of_a_school_for_others():
    decorators = {}
    for path in [*ROOT.glob("wellbeing/**/*.py"), *ROOT.glob("pages/*.py"), ROOT / "app.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in {"cache_data", "cache_resource"}:
                decorators.setdefault(path.name, []).append(node.attr)
    assert set(decorators) == {"cache.py"}
    source = (ROOT / "wellbeing" / "ui" / "cache.py").read_text(encoding="utf-8")
    assert source.count("@st.cache_data(") == source.count('@st.cache_data(scope="session"')
    assert "persist" not in source
