"""Which markup of an item is kept. A data table: everything else is text, or goes."""

BLOCKS = frozenset(
    """p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr
    th td blockquote pre address section article figure figcaption hr
    details summary main header footer aside""".split()  # noqa: SIM905
)
INLINE = frozenset(
    """span em strong b i u s small big sub sup br img a abbr cite code dfn kbd q samp var tt bdo
    ruby rb rt rp audio video source
    track mark bdi time wbr del ins""".split()  # noqa: SIM905
)
MATHS = frozenset(
    """math mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover
    munderover mmultiscripts mprescripts none mtable mtr mtd mfenced mstyle mpadded mphantom
    menclose semantics""".split()  # noqa: SIM905
)
TAGS = BLOCKS | INLINE | MATHS
EMPTY = frozenset(
    "br hr img col source track wbr response gap mspace none mprescripts".split()  # noqa: SIM905
)
GONE = frozenset(
    "script style iframe form input button link meta annotation annotation-xml".split()  # noqa: SIM905
)
ATTRIBUTES = {
    "img": ("src", "alt", "width", "height"),
    "audio": ("src", "controls"),
    "video": ("src", "controls", "width", "height"),
    "source": ("src", "type"),
    "track": ("src", "kind", "srclang"),
    "time": ("datetime",),
    "a": ("href",),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope"),
    "col": ("span",),
    "ol": ("start",),
    "math": ("display",),
    "mfrac": ("linethickness",),
    "mfenced": ("open", "close", "separators"),
    "mo": ("stretchy",),
    "mover": ("accent",),
    "menclose": ("notation",),
    "mi": ("mathvariant",),
    "mtd": ("columnspan", "rowspan"),
    "bdo": ("dir",),
}
ANYWHERE = ("class", "lang", "title")
