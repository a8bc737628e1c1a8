"""Copies Yasgui out of its npm package into `static`, patched; `make assets` calls it."""

import json
import sys
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
STATIC: Final = HERE.parents[1] / "src" / "red_catalog" / "publish" / "web" / "static"
_LICENCE_FILES: Final = ("LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "License.md",
                         "MIT-LICENSE.txt", "license", "license.txt")  # fmt: skip
# Each piece of the package that the site cannot have, and what stands in for it.
_PATCHES: Final = {
    # A style element written by script: the content security policy forbids it. The few rules
    # are in editor.css.
    "o.styleSheet?o.styleSheet.cssText=n:o.appendChild(document.createTextNode(n)),"
    "e.appendChild(o)": "void 0",
    # Its list of prefixes would be kept in the browser; the site keeps nothing there.
    "persistenceId:`prefixes`": "persistenceId:null",
}


def patch(text: str) -> str:
    """The program with every patch; a patch that finds no place is an error."""
    for before, after in _PATCHES.items():
        if text.count(before) != 1:
            sys.exit(f"{text.count(before)} places for the patch of {before!r}: look again.")
        text = text.replace(before, after)
    return "\n".join(line for line in text.splitlines() if "sourceMappingURL" not in line) + "\n"


def licences(modules: Path) -> str:
    """Name, version and licence of every package of the bundle, with the text of each licence."""
    told = []
    for file in sorted([*modules.glob("*/package.json"), *modules.glob("@*/*/package.json")]):
        about = json.loads(file.read_text("utf-8"))
        texts = [file.parent / name for name in _LICENCE_FILES]
        text = next((p.read_text("utf-8").strip() for p in texts if p.is_file()), "")
        name = f"{about['name']} {about['version']}: {about.get('license', 'see its text')}"
        told.append(f"{name}\n{'=' * len(name)}\n{text}".strip())
    head = "The editor of the queries page, yasgui.js and yasgui.css, is made of these packages."
    return "\n\n\n".join([head, *told]) + "\n"


def main() -> None:
    """Writes the three files."""
    modules = HERE / "node_modules"
    build = modules / "@zazuko" / "yasgui" / "build"
    script = patch((build / "yasgui.min.js").read_text("utf-8"))
    (STATIC / "yasgui.js").write_text(script, "utf-8")
    style = (build / "yasgui.min.css").read_text("utf-8")
    (STATIC / "yasgui.css").write_text(style.rstrip() + "\n", "utf-8")
    (STATIC / "yasgui-licences.txt").write_text(licences(modules), "utf-8")


if __name__ == "__main__":
    main()
