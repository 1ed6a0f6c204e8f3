from pathlib import Path
PATH=Path("docs/corpus.md")
def text(): return ""
