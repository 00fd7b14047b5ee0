"""Which post an entry means: by our codes, or by the names of unit and post as SIASN writes them."""

from difflib import get_close_matches

from agencies.structure.models import Post

MOST_SUGGESTIONS = 300  # looking for near names is slow; a file with more unknown ones has another trouble
AT_ONCE = 5000  # keys in one question to the database


class Impossible(ValueError):
    """An entry that contradicts the records; `key` is the column, `str()` the reason."""

    def __init__(self, key, reason):
        super().__init__(reason)
        self.key = key


class PlacesByCode:
    """The posts that the entries name by code; five thousand codes cost one query."""

    def __init__(self, entries):
        self.posts = {
            post.code: post
            for keys in batches({entry.post for entry in entries})
            for post in Post.objects.filter(code__in=keys).select_related("unit")
        }

    def post_of(self, entry):
        post = self.posts.get(entry.post)
        if post is None:
            raise Impossible("post", f"Kode jabatan “{entry.post}” tidak ada.")
        if post.unit.code != entry.unit:
            raise Impossible(
                "unit", f"Jabatan {entry.post} ada di unit {post.unit.code}, bukan {entry.unit}."
            )
        return post


class PlacesByName:
    """All posts of the city by the names of unit and post, in any case and spacing: one query."""

    def __init__(self):
        self.units = {}
        for post in Post.objects.select_related("unit__parent"):
            self.units.setdefault(plain(post.unit.name), {}).setdefault(plain(post.name), []).append(post)
        self.unit_names = {
            plain(post.unit.name): post.unit.name for posts in self.all_posts() for post in posts
        }
        self.suggestions = {}

    def all_posts(self):
        return (posts for names in self.units.values() for posts in names.values())

    def post_of(self, entry):
        posts = self.units.get(plain(entry.unit))
        if posts is None:
            hint = self.hint(plain(entry.unit), self.unit_names)
            raise Impossible("unit", f"Unit “{entry.unit}” tidak ada di sistem ini.{hint}")
        found = posts.get(plain(entry.post), [])
        if len(found) > 1:
            raise Impossible("unit", several(entry, found))
        if not found:
            names = {name: group[0].name for name, group in posts.items()}
            hint = self.hint(plain(entry.post), names, within=plain(entry.unit))
            raise Impossible("post", f"Jabatan “{entry.post}” tidak ada di {entry.unit}.{hint}")
        return found[0]

    def hint(self, wanted, names, within=""):
        """ " Maksud Anda “…”?" with the nearest one or two of `names` (plain name → name), or ""."""
        if (within, wanted) not in self.suggestions:
            if len(self.suggestions) >= MOST_SUGGESTIONS:
                return ""
            near = get_close_matches(wanted, names, n=2, cutoff=0.6)
            words = " atau ".join(f"“{names[name]}”" for name in near)
            self.suggestions[within, wanted] = f" Maksud Anda {words}?" if near else ""
        return self.suggestions[within, wanted]


def several(entry, posts):
    places = sorted({post.unit.parent.name for post in posts if post.unit.parent})
    return (
        f"Ada {len(posts)} jabatan “{entry.post}” di unit bernama “{entry.unit}” ({', '.join(places[:3])}). "
        "Pakai templat kami dengan kode jabatan untuk baris ini."
    )


def plain(text):
    return " ".join(text.casefold().split())


def batches(keys):
    ordered = sorted(keys)
    return [ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE)]
