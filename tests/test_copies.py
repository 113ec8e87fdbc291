"""Copies as readers make them, in two catalogues: with the article's words, and with a changed meaning.

No quotation in a copy of the first kind is changed or missing; none in one of the second is found without
a word about it. The copies are made from the excerpts, and from the article itself where it is given.
"""

import base64
import html
import quopri
import random
import re
import textwrap

import pytest
from conftest import EXCERPTS, SENTENCE, TEXTS, rebuilt

import kzdata as kz

TITLE = kz.load_article().loc["quoted-edition", "title"]
CHROME = f"<nav><a href=/>Home</a> » <a href=x>{TITLE}</a><ul><li>{TITLE}<li>225 dead, 12,000 arrested</ul></nav>"
MISQUOTED = EXCERPTS.loc["toll-2022", "exact"].replace("225", "238")
MARKS = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "…": "..."}


def paragraphs(text):
    return [line.strip() for line in text.split("\n") if line.strip()]


def joined(text, between="\n\n", each=str, of=None):
    """The paragraphs, each changed, put together again."""
    return between.join(each(p) for p in of or paragraphs(text))


def swapped(text, old, new):
    """Characters replaced; every one of them must be there."""
    assert old in text
    return text.replace(old, new)


def translated(text, **pairs):
    return text.translate(str.maketrans(pairs))


def wrapped(text, width=72, between="\n\n", **options):
    return joined(text, between, lambda p: textwrap.fill(p, width, break_on_hyphens=False, **options))


def hyphenated(text, hyphen="-\n"):
    """Every twelfth long word parted at the end of a line."""
    words = re.split(r"([a-z]{8,})", text)
    words[1::24] = [f"{w[:4]}{hyphen}{w[4:]}" for w in words[1::24]]
    return "".join(words)


def paper(text, head="{0} | socialistfight.com", foot="Page {1}", lines=40):
    """Pages as pdftotext gives them."""
    rows = wrapped(text, 80).split("\n")
    pages = [rows[i : i + lines] for i in range(0, len(rows), lines)]
    return "\f".join(
        "\n".join([head.format(TITLE, n), "", *p, "", foot.format(TITLE, n)]) for n, p in enumerate(pages, 1)
    )


def page(text, each="<p>{}</p>", head="<head><meta charset=utf-8><title>{0}</title></head>", before="", after=""):
    body = joined(text, "\n", lambda p: each.format(html.escape(p, quote=False)))
    return f"<!DOCTYPE html><html>{head.format(TITLE)}<body>{before}{body}{after}</body></html>"


def marked(text, pattern, new):
    """A page in which every match of a pattern is marked up."""
    return re.sub(rf"(?<=[\s(])({pattern})(?=[\s,.)])", new, page(text))


def mhtml(text):
    body = quopri.encodestring(page(text).encode()).decode()
    return ("From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.org/\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n'
            f"Content-Transfer-Encoding: quoted-printable\r\n\r\n{body}\r\n--b\r\nContent-Type: text/css\r\n\r\np {{}}"
            "\r\n--b--\r\n")  # fmt: skip


def letter(text, kind="plain", encoding="utf-8"):
    body = base64.encodebytes((page(text) if kind == "html" else text).encode(encoding)).decode()
    return (f"Received: by x\nFrom: a@x.org\nSubject: {TITLE}\nMIME-Version: 1.0\nContent-Type: text/{kind}; "
            f"charset={encoding}\nContent-Transfer-Encoding: base64\n\n{body}")  # fmt: skip


def misquoted(quotation):
    return f"You say {quotation}".replace("2", "7")


def shuffled(text):
    return joined(text, of=random.Random(7).sample(paragraphs(text), len(paragraphs(text))))


def with_byte(text, byte):
    raw = text.encode()
    place = raw.index(b"workers receive") + 3
    return raw[:place] + byte + raw[place:]


#: Name: what is made of the text.
SAME_WORDS = {
    # Encodings and characters.
    "UTF-8 with a mark": lambda t: t.encode("utf-8-sig"),
    "UTF-16": lambda t: t.encode("utf-16"),
    "UTF-16 without a mark": lambda t: t.encode("utf-16-be"),
    "UTF-32": lambda t: t.encode("utf-32"),
    "UTF-32 without a mark": lambda t: t.encode("utf-32-le"),
    "Windows-1252": lambda t: t.encode("cp1252", "ignore"),
    "Windows-1251, named": lambda t: page(t).replace("=utf-8", "=windows-1251").encode("cp1251", "ignore"),
    "one bad byte": lambda t: with_byte(t, b"\xff"),
    "one byte of half a letter": lambda t: with_byte(t, b"\xe2\x80"),
    "an apostrophe of Windows in UTF-8": lambda t: t.encode().replace("country’s".encode(), b"country\x92s"),
    "UTF-8 taken for Windows-1252": lambda t: re.sub("[’–…]", lambda m: m[0].encode().decode("cp1252"), t),
    "a lost apostrophe": lambda t: t.replace("country’s", "country\ufffds"),
    "CRLF": lambda t: t.replace("\n", "\r\n"),
    "CR": lambda t: t.replace("\n", "\r"),
    "line separators": lambda t: t.replace("\n", "\u2028") + "\n",
    "typewriter's signs": lambda t: translated(t, **MARKS),
    "primes": lambda t: swapped(t, "’", "′"),
    "grave accents": lambda t: swapped(t, "’", "`"),
    "modifier apostrophes": lambda t: swapped(t, "’", "ʼ"),
    "no apostrophes": lambda t: swapped(t, "’", ""),
    "dashes for hyphens": lambda t: swapped(t, "-", "–"),
    "no-break hyphens": lambda t: swapped(t, "-", "\N{NON-BREAKING HYPHEN}"),
    "minus signs": lambda t: swapped(t, "-", "−"),
    "two hyphens for a dash": lambda t: t.replace("–", "--"),
    "dots with spaces": lambda t: swapped(t, "…", " . . ."),
    "no-break spaces": lambda t: swapped(t, " ", "\N{NO-BREAK SPACE}"),
    "thin spaces": lambda t: swapped(t, " ", "\N{THIN SPACE}"),
    "two spaces behind a full stop": lambda t: swapped(t, ". ", ".  "),
    "spaces about signs": lambda t: re.sub(r"([,:()])(?!\d)", r" \1 ", t),
    "a space before the percent sign": lambda t: re.sub(r"(\d)%", "\\1\u202f%", t),
    "a thin space between thousands": lambda t: re.sub(r"(\d),(\d{3})", "\\1\u2009\\2", t),
    "an apostrophe between thousands": lambda t: re.sub(r"(\d),(\d{3})", r"\1’\2", t),
    "ligatures": lambda t: t.replace("ffi", "ﬃ").replace("fi", "ﬁ").replace("fl", "ﬂ").replace("ff", "ﬀ"),
    "full width": lambda t: re.sub(r"[!-~]", lambda m: chr(ord(m[0]) + 0xFEE0), t),
    "full-width digits": lambda t: re.sub(r"\d", lambda m: chr(ord(m[0]) + 0xFEE0), t),
    "Arabic digits": lambda t: re.sub(r"\d", lambda m: chr(0x660 + int(m[0])), t),
    "Persian digits and signs": lambda t: re.sub(r"\d", lambda m: chr(0x6F0 + int(m[0])), t).replace("%", "٪"),
    "Devanagari digits": lambda t: re.sub(r"\d", lambda m: chr(0x966 + int(m[0])), t),
    "bold mathematical letters": lambda t: re.sub(r"[a-z]", lambda m: chr(0x1D41A + ord(m[0]) - 97), t),
    "soft hyphens": lambda t: hyphenated(t, "\u00ad"),
    "zero-width spaces": lambda t: hyphenated(t, "\u200b"),
    "marks of direction": lambda t: joined(t, each=lambda p: f"\u200e\u202a{p}\u202c\u200f"),
    "isolated numbers": lambda t: re.sub(r"(\d+)", "\u2068\\1\u2069", t),
    "upper case": str.upper,
    # Lines.
    "no blank lines": lambda t: joined(t, "\n"),
    "wrapped at 72": wrapped,
    "wrapped at 40": lambda t: wrapped(t, 40),
    "wrapped at 72, no blank lines": lambda t: wrapped(t, 72, "\n"),
    "wrapped, first lines indented": lambda t: wrapped(t, 65, "\n", initial_indent="    "),
    "wrapped, all lines indented": lambda t: wrapped(t, 65, initial_indent="  ", subsequent_indent="  "),
    "one line": lambda t: " ".join(paragraphs(t)) + "\n",
    "two words a line": lambda t: wrapped(t, 20, "\n"),
    "hyphens at line ends": hyphenated,
    "soft hyphens at line ends": lambda t: hyphenated(t, "\u00ad\n"),
    "U+2010 at line ends": lambda t: hyphenated(t, "\u2010\n  "),
    "not signs at line ends": lambda t: hyphenated(t, "¬\n"),
    "Chrome's hyphens": lambda t: hyphenated(t, "\x02\n"),
    "hyphens kept at line ends": lambda t: t.replace("-", "-\n"),
    "another order": shuffled,
    "paragraphs once": lambda t: joined(t, of=[*dict.fromkeys(paragraphs(t)), SENTENCE]),
    "the text twice": lambda t: t + "\n\n" + t,
    "bare quotations": lambda t: joined(t, of=list(EXCERPTS["exact"])),
    "bare quotations, a list": lambda t: joined(t, "\n", "- {}".format, list(EXCERPTS["exact"])),
    "bare quotations, numbered": lambda t: "\n".join(f"{n}. {q}" for n, q in enumerate(EXCERPTS["exact"], 1)),
    "bare quotations, in marks": lambda t: joined(t, "\n\n", "He wrote: “{}”".format, list(EXCERPTS["exact"])),
    "captions between": lambda t: joined(t, "\n\nPhoto: protesters in Almaty, 5 January 2022 (AFP)\n\n"),
    "paragraphs numbered": lambda t: "\n\n".join(f"[{n}] {p}" for n, p in enumerate(paragraphs(t), 1)),
    "a thread": lambda t: "\n\n".join(f"{n}/71 {p}" for n, p in enumerate(paragraphs(t), 1)),
    "lines numbered": lambda t: "\n".join(f"{n:5}  {p}" for n, p in enumerate(wrapped(t, 72, "\n").split("\n"), 1)),
    # Paper and OCR.
    "pages": paper,
    "pages, numbers below": lambda t: paper(t, "", "{1}"),
    "pages, as Chrome prints": lambda t: paper(t, "27/11/2022, 10:15   {0}", "https://socialistfight.com/x   {1}/9"),
    "pages without form feeds": lambda t: paper(t, "", "- {1} -").replace("\f", "\n"),
    "pages, parted words": lambda t: hyphenated(paper(t, "", "{1}", 25), "-\n"),
    # Mail and chat.
    "quoted": lambda t: "On Monday Bob wrote:\n" + "\n".join(f"> {line}" for line in t.split("\n")),
    "quoted twice, wrapped": lambda t: "\n".join(f">> {line}" for line in wrapped(t, 66).split("\n")),
    "a reply over it": lambda t: "Thanks!\n\n" + "\n".join(f"> {line}".rstrip() for line in wrapped(t, 70).split("\n")),
    "an e-mail": letter,
    "an e-mail in HTML": lambda t: letter(t, "html"),
    "an e-mail in UTF-16": lambda t: letter(t, encoding="utf-16"),
    "MHTML": mhtml,
    # Markup.
    "Markdown stress": lambda t: re.sub(r"(Nazarbayev|workers|\$?\d[\d,]*\d)", r"**\1**", t),
    "Markdown stress by underscores": lambda t: re.sub(r"\b(Kazakhstan|strikes|country)\b", r"_\1_", t),
    "Markdown links": lambda t: re.sub(r"(Nazarbayev|Janaozen)", r'[\1](https://x.org/\1_(a) "A \1")', t),
    "Markdown links by number": lambda t: re.sub(r"(Kazakhstan|strikes)", r"[\1][12]", t),
    "Markdown escapes": lambda t: re.sub(r"([$().%-])", r"\\\1", t),
    "Markdown quotation": lambda t: joined(t, "\n>\n", "> {}".format),
    "Markdown headings": lambda t: joined(t, each="### {}".format),
    "wiki links": lambda t: re.sub(r"(Nazarbayev|Janaozen)", r"[[\1 (x)|\1]]", t).replace("workers", "'''workers'''"),
    "wiki notes": lambda t: re.sub(r"(\w{6},)", r'\1<ref name="a">See p. 3.</ref>', t),
    "notes in brackets": lambda t: re.sub(r"(\w{6}[,.])", r"\1[12]", t),
    "notes of lynx": lambda t: re.sub(r"(Nazarbayev|Janaozen|oil)", r"[7]\1", t),
    "raised notes": lambda t: re.sub(r"([a-z]{6}[,.])", r"\1³", t),
    "notes of pdftotext": lambda t: re.sub(r"([a-z]{6})([,.])", r"\g<1>2\2", t),
    "addresses": lambda t: re.sub(r"(Nazarbayev|Janaozen)", r"\1 <https://x.org/a-b>", t),
    "BBCode": lambda t: re.sub(r"(Nazarbayev|Janaozen)", r"[url=https://x.org/][b]\1[/b][/url]", t),
    "entities": lambda t: html.escape(t).replace("’", "&rsquo;").replace("…", "&hellip;").replace("–", "&#8211;"),
    # Web pages.
    "page": page,
    "page, one line": lambda t: page(t).replace("\n", ""),
    "page with all around it": lambda t: page(t, before=CHROME, after=f"<aside><h3>{TITLE}</h3><p>{SENTENCE}</aside>"),
    "page without </head>": lambda t: page(t, head="<head><title>{0}</title>"),
    "page without </p>": lambda t: page(t, "<p>{}"),
    "page of divisions": lambda t: page(t, "<div><span>{}</span></div>"),
    "page of lines": lambda t: page(t, "{}<br><br>"),
    "page of lists": lambda t: page(t, "<ul><li>{}</ul>"),
    "page of a table": lambda t: page(t, "<tr><td>{}", before="<table>", after="</table>"),
    "page of blocks by style": lambda t: page(t, '<span style="display: block">{}</span>'),
    "page, preformatted": lambda t: page(wrapped(t), "{}", before="<pre>", after="</pre>").replace("\n\n", "\n"),
    "page, wrapped": lambda t: wrapped(page(t), 60, "\n"),
    "page in capitals": lambda t: re.sub(r"</?\w+", lambda m: m[0].upper(), page(t)),
    "piece of a page": lambda t: joined(t, "\n", "<p class=x>{}</p>".format),
    "piece with blank lines": lambda t: joined(t, each=lambda p: f"<span>{p}</span>"),
    "links": lambda t: marked(t, "Nazarbayev|Janaozen|workers", r"<a href='/\1'>\1</a>"),
    "<ins>": lambda t: marked(t, "workers|in", r"<ins>\1</ins>"),
    "<tt>": lambda t: marked(t, r"\d+", r"<tt>\1</tt>"),
    "elements of their own": lambda t: marked(t, "workers|the", r"<x-term>\1</x-term>"),
    "unknown elements": lambda t: marked(t, "workers|the", r"<glossary id=1>\1</glossary>"),
    "<acronym>, <big>, <kbd>": lambda t: marked(t, "PKK|oil|strikes", r"<acronym><big><kbd>\1</kbd></big></acronym>"),
    "Word's <o:p>": lambda t: page(t, "<p class=MsoNormal><span lang=EN-US>{}<o:p></o:p></span></p>"),
    "raised letters": lambda t: page(t).replace("3rd", "3<sup>rd</sup>"),
    "raised links": lambda t: re.sub(r"([a-z]{6}[,.])", r"\1<sup><a href='#n'>[3]</a></sup>", page(t)),
    "soft breaks": lambda t: page(t).replace("workers", "work&shy;<wbr>ers"),
    "comments inside": lambda t: page(t).replace(" in ", " <!-- not -->in "),
    "hidden words": lambda t: page(t).replace(" in ", " <span hidden>not </span><i style='display:none'>never</i>in "),
    "struck words": lambda t: marked(t, "workers|people", r"<del>bosses</del> <s>owners</s> \1"),
    "scripts and styles": lambda t: page(t, "<p>{}<script>var a = '<p>1</p>'</script><style>p {{}}</style>"),
    "a comment that misquotes": lambda t: f"{t}\n\nLeave a Reply\n\nBob: {MISQUOTED}",
    "a comment of the misquoted words alone": lambda t: page(t, after=f"<p>{MISQUOTED}"),
    "comments that misquote all": lambda t: f"{t}\n\n{joined(t, each=misquoted, of=list(EXCERPTS['exact']))}",
}  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("way", SAME_WORDS)
def test_the_same_words_are_found(way, text, tmp_path):
    copy = SAME_WORDS[way](text)
    assert copy != text
    (tmp_path / "copy").write_bytes(copy if isinstance(copy, bytes) else copy.encode())
    result = kz.verify(tmp_path / "copy")
    assert list(result.index) == list(EXCERPTS.index)
    assert result.loc[result["status"] != "found", "difference"].to_dict() == {}
    assert result.attrs["edition"] == "the edition quoted"


#: Name: the quotation, what is written for it or in it, and in its stead.
OTHER_MEANING = {
    # Longer numbers, and numbers of something else.
    "thousands with a space": ("toll-2022", "225", "1 225"),
    "thousands with a thin space": ("toll-2022", "225", "1\u2009225"),
    "thousands with a no-break space": ("toll-2022", "225", "1\u202f225"),
    "thousands with an apostrophe": ("toll-2022", "225", "1'225"),
    "thousands with a raised apostrophe": ("toll-2022", "225", "1’225"),
    "thousands with an underscore": ("toll-2022", "225", "1_225"),
    "thousands with a comma": ("toll-2022", "225", "1,225"),
    "thousands with a full stop": ("toll-2022", "225", "1.225"),
    "thousands with an Arabic comma": ("toll-2022", "225", "1٬225"),
    "another thousand": ("toll-2022", "12,000", "12,000,000"),
    "a thousand less": ("toll-2022", "12,000", "12"),
    "a decimal": ("toll-2022", "12,000", "12.000"),
    "a decimal of nothing": ("toll-2022", "225", ".225"),
    "a half": ("toll-2022", "225", "225½"),
    "a decimal place": ("toll-2022", "225", "225.5"),
    "a power": ("toll-2022", "225", "225²"),
    "a thousand by letter": ("toll-2022", "225", "225k"),
    "an ordinal": ("toll-2022", "225", "225th"),
    "percent": ("toll-2022", "225 people", "225% of people"),
    "a range before": ("toll-2022", "225", "190-225"),
    "a range with a dash": ("toll-2022", "225", "190 – 225"),
    "a range in words": ("toll-2022", "225", "190 to 225"),
    "a range behind": ("toll-2022", "225", "225-300"),
    "a fraction": ("toll-2022", "225", "1/225"),
    "a minus sign": ("toll-2022", "225", "-225"),
    "a plus sign": ("toll-2022", "225", "+225"),
    "about, by sign": ("toll-2022", "225", "~225"),
    "almost equal, by sign": ("toll-2022", "225", "≈ 225"),
    "at least, by sign": ("toll-2022", "225", "≥225"),
    "more than, by sign": ("toll-2022", "225", ">225"),
    "less than, by sign": ("toll-2022", "225", "< 225"),
    "a currency": ("toll-2022", "225", "€225"),
    "another digit": ("toll-2022", "225", "226"),
    "a digit less": ("toll-2022", "225", "25"),
    "digits swapped": ("toll-2022", "225", "252"),
    "another Arabic digit": ("toll-2022", "225", "٢٢٦"),
    "a number in words": ("toll-2022", "225", "Two thousand and 225"),
    "a compound number": ("legal-parties", "Seven", "Twenty-Seven"),
    "a compound number, in two words": ("legal-parties", "Seven", "Twenty Seven"),
    "a hundred and": ("legal-parties", "Seven", "A hundred and seven"),
    "a range of years": ("since-1992", "1992", "1992-1995"),
    "a short range of years": ("since-1992", "1992", "1992–95"),
    "a range of years, in words": ("since-1992", "1992", "1992 to 1995"),
    "two years": ("since-1992", "1992", "1992/93"),
    "a decade": ("since-1992", "1992", "1992s"),
    "another end of a term": ("term-nazarbayev", "2009", "2019"),
    "a term with an end": ("term-tokayev", "2009-…", "2009-2019"),
    "another sign of money": ("wages-and-wealth", "$570", "€570"),
    "thousands of money": ("wages-and-wealth", "$570", "$570k"),
    "more money": ("wages-and-wealth", "$97", "$97 million"),
    "less money": ("wages-and-wealth", "$1 billion", "$1 million"),
    "no percent": ("tengizchevroil", "75%", "75"),
    "permille": ("tengizchevroil", "75%", "75‰"),
    "percent points": ("committees-demands", "100%", "1100%"),
    "half a dozen": ("bans-2006", "a dozen", "half a dozen"),
    "dozens": ("bans-2006", "a dozen", "dozens of"),
    "a day more": ("january-2", "January 2,", "January 21,"),
    "another month": ("csto-troops", "January 6", "June 6"),
    # Other words in a quotation.
    "not": ("toll-2022", "people have died", "people have not died"),
    "not, inside": ("world-crises", "have not disappeared", "have disappeared"),
    "never": ("gasoline-price", "has restored", "has never restored"),
    "n't": ("strikes-2000s", "there was", "there wasn’t"),
    "nearly, left out": ("leader-decades", "nearly three", "three"),
    "only": ("tengizchevroil", "is 75%", "is only 75%"),
    "a doubt less": ("decapitated-policemen", "if this is true, what", "this is true, which"),
    "another source": ("toll-2022", "International Crisis Group", "Ministry of Health"),
    "another verb": ("toll-2022", "arrested", "released"),
    "another order": ("csto-members", "Armenia, Belarus", "Belarus, Armenia"),
    "a list longer": ("csto-members", "Kyrgyzstan and", "Kyrgyzstan, Uzbekistan and"),
    "a question": ("legal-parties", "government.", "government?"),
    "scare quotes": ("toll-2022", "people", "“people”"),
    "a bracket": ("toll-2022", "died", "died [of natural causes]"),
    "sic": ("toll-2022", "225", "225 [sic]"),
    "a part left out": ("toll-2022", ", 12,000 have been arrested", ""),
    "an elision": ("toll-2022", "12,000 have been", "…"),
    "more than, left out": ("twenty-years", "more than 20", "20"),
    "struck out": ("toll-2022", "225", "~~225~~ 164"),
    "another word first": ("crisis-in-kazakhstan", "The proletariat", "Nor the proletariat"),
    "words left out at the end": ("prices-2019", "releasing prices", "releasing"),
    # Other words beside a quotation, in its sentence.
    "not even": ("toll-2022", "225", "Not even 225"),
    "more than": ("toll-2022", "225", "More than 225"),
    "it is false": ("toll-2022", "225", "It is false that 225"),
    "approximately": ("toll-2022", "225", "approx. 225"),
    "about": ("toll-2022", "225", "Ca. 225"),
    "in brackets": ("toll-2022", "225", "(At most) 225"),
    "set off by a dash": ("toll-2022", "225", "Rumour – 225"),
    "nobody believes": ("committees-demands", "The workers’", "Nobody believes that the workers’"),
    "nor": ("bans-2006", "In 2006", "Not in 2006"),
    "or more": ("enriched-oligarchy", "30 years", "30 years or more"),
    "by half": ("gasoline-price", "gasoline", "gasoline by half"),
    "it is said": ("restoration-1992", "USSR", "USSR, as is wrongly said,"),
    "hardly": ("enriched-oligarchy", "is the archetype", "hardly is the archetype"),
    "never before a verb": ("head-of-state", "was head", "never was head"),
    "allegedly": ("prices-2019", "since 2019", "allegedly since 2019"),
    "against": ("constitution-1993", "the restoration", "not the restoration"),
}  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("change", OTHER_MEANING)
def test_another_meaning_is_a_change(change, text):
    excerpt_id, old, new = OTHER_MEANING[change]
    exact = EXCERPTS.loc[excerpt_id, "exact"]
    assert exact.count(old) >= 1
    result = kz.verify(text.replace(exact, exact.replace(old, new, 1)))
    assert result.loc[excerpt_id, "status"] == "changed"
    assert re.search(r"\[-|\{\+", result.loc[excerpt_id, "difference"])
    assert result.attrs["edition"] == "the edition quoted, with changes"


#: What stands beside the toll, in its paragraph, and is told.
BESIDE = ["It is false. {}", "{} This is a lie.", "“{}” is not what we say.", "Bob wrote: {}", "{} (Not confirmed.)"]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("words", BESIDE)
def test_another_sentence_beside_it_is_told(words, text):
    exact = EXCERPTS.loc["toll-2022", "exact"]
    result = kz.verify(text.replace(exact, words.format(exact))).loc["toll-2022"]
    assert result["status"] == "found" and "{+" in result["difference"]


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("excerpt_id", EXCERPTS.index[EXCERPTS["occurrences"].str.contains(";")])
def test_one_of_two_places_changed(excerpt_id, first):
    paragraph = next(p for p in paragraphs(rebuilt()) if EXCERPTS.loc[excerpt_id, "exact"] in p)
    exact = EXCERPTS.loc[excerpt_id, "exact"]
    two = [paragraph, paragraph.replace(exact, " not ".join(exact.rsplit(" ", 1)))]
    copy = rebuilt().replace(paragraph, "\n\n".join(two[::-1] if first else two))
    assert kz.verify(copy).loc[excerpt_id, "status"] == "changed"
