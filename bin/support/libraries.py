"""The system libraries and the font without which WeasyPrint cannot draw a PDF."""

import ctypes
import os
import shutil
import sys
from pathlib import Path
from xml.sax.saxutils import escape

import debian
import places
import programs
import say

NEEDED = ("libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0", "libgobject-2.0.so.0", "libfontconfig.so.1")
PACKAGES = ["libpangoft2-1.0-0", "libharfbuzz-subset0", "fontconfig-config", "fonts-dejavu-core"]
PRIVATE_FONTS = debian.PRIVATE / "fonts.conf"
TRY = "import weasyprint; weasyprint.HTML(string='<p>x').write_pdf()"


def ensure():
    """The environment variables with which PDFs can be drawn; warns when they cannot."""
    if _on_the_system():
        return {}
    if PRIVATE_FONTS.exists():  # written last, and only kept when a PDF could be drawn with it
        return _private_variables()
    if sys.platform == "darwin":
        return _ensure_on_macos()
    if debian.install(PACKAGES, may_ask=True) and _works({}):
        return {}
    unpacked = debian.unpack(PACKAGES)
    debian.forget_lists()
    if unpacked:
        _write_private_fonts()
        if _works(_private_variables()):
            return _private_variables()
        PRIVATE_FONTS.unlink()
    say.warn("PDFs cannot be drawn: Pango, HarfBuzz or a font is missing.", mend=_advice())
    return {}


def _on_the_system():
    """Quick: the libraries load, and fontconfig has settings and a font (without them it crashes)."""
    if not places.IS_LINUX:
        return _works({})
    try:
        for name in NEEDED:
            ctypes.CDLL(name)
    except OSError:
        return False
    if os.environ.get("FONTCONFIG_FILE"):
        return True
    folders = ["/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts"]
    fonts = (font for folder in folders for font in Path(folder).expanduser().rglob("*.[to]tf"))
    return Path("/etc/fonts/fonts.conf").exists() and next(fonts, None) is not None


def _works(variables):
    """True when one PDF can really be drawn (in another process: a missing font is a crash)."""
    return programs.succeeds(programs.python("-c", TRY), env=programs.clean_environment(**variables))


def _private_variables():
    libraries = sorted({str(path.parent) for path in debian.PRIVATE.rglob("lib*.so.*")})
    others = os.environ.get("LD_LIBRARY_PATH")
    return {
        "LD_LIBRARY_PATH": ":".join(libraries + ([others] if others else [])),
        "FONTCONFIG_FILE": str(PRIVATE_FONTS),
    }


def _write_private_fonts():
    own = escape(str(debian.PRIVATE))
    PRIVATE_FONTS.write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        f"  <dir>{own}/usr/share/fonts</dir>\n  <dir>/usr/share/fonts</dir>\n"
        "  <dir>/usr/local/share/fonts</dir>\n"
        + "".join(
            f"  <alias><family>{generic}</family><prefer><family>{family}</family></prefer></alias>\n"
            for generic, family in [
                ("sans-serif", "DejaVu Sans"),
                ("serif", "DejaVu Serif"),
                ("monospace", "DejaVu Sans Mono"),
            ]
        )
        + f"  <cachedir>{own}/fontconfig-cache</cachedir>\n</fontconfig>\n"
    )


def _ensure_on_macos():
    if shutil.which("brew") and programs.succeeds(["brew", "install", "--quiet", "pango"]):
        prefix = programs.run(["brew", "--prefix"], what="Homebrew does not answer.").strip()
        variables = {"DYLD_FALLBACK_LIBRARY_PATH": f"{prefix}/lib"}
        if _works(variables):
            return variables
    say.warn("PDFs cannot be drawn: Pango is missing.", mend="brew install pango")
    return {}


def _advice():
    for program, words in [
        ("apt-get", debian.command_for(PACKAGES)),
        ("dnf", "sudo dnf install pango dejavu-sans-fonts"),
        ("pacman", "sudo pacman -S pango ttf-dejavu"),
        ("apk", "sudo apk add pango font-dejavu"),
    ]:
        if shutil.which(program):
            return words
    return "install Pango (≥ 1.44), HarfBuzz and a font"
