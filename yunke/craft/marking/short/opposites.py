"""Tables of words: filler, denials, opposites of school science. A data table."""

from collections import defaultdict

FILLER = frozenset(
    """a an the of to in on at for with by from as is are was were be been being it its this that
    these those they them their he she his her you your i my me we our us there then than so and or
    but if because when while what which who how why will would can could do does did has have had
    just also too very some any all each other into about n't""".split()  # noqa: SIM905
)
FILLER_HAN = frozenset("的了是在和就都而及与着之会使让被把也它他她们这那因为所以呢吗啊吧个")
DENIALS = frozenset(
    """no not never none nothing neither nor cannot without n't dont doesnt didnt wont cant isnt
    arent wasnt werent wouldnt couldnt shouldnt hasnt havent 不 没 无 非 未 别 否""".split()  # noqa: SIM905
)
_PAIRS = """more less|more fewer|most least|high low|higher lower|highest lowest
increase decrease|increases decreases|faster slower|fast slow|hot cold|hotter colder|warm cool
warmer cooler|heat cool|up down|above below|over under|big small|bigger smaller|large small
larger smaller|long short|longer shorter|heavy light|heavier lighter|same different|open closed
on off|in out|inside outside|left right|wet dry|hard soft|harder softer|strong weak
stronger weaker|attract repel|attracts repels|north south|positive negative|push pull|sink float
sinks floats|absorb reflect|gain lose|before after|first last|true false|yes no|can cannot
full empty|thick thin|tight loose|loud quiet|solid liquid|always never|all none|male female
acid base|rough smooth|rise fall|add remove|add subtract|with without|start stop|increase reduce
evaporate condense|melt freeze|dark light|series parallel|conductor insulator|day night
wide narrow|near far|大 小|多 少|高 低|快 慢|升 降|冷 热|前 后|左 右|上 下|内 外|里 外|增 减|正 负
吸 斥|沉 浮|长 短|轻 重|粗 细|厚 薄|强 弱|软 硬|干 湿|东 西|南 北|开 关|进 出|同 异|加 减|乘 除
亮 暗
早 晚|远 近|深 浅|宽 窄|胀 缩|男 女|有 无|对 错|真 假|先 后|酸 碱|凸 凹|串 并"""


def _both_ways() -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for pair in _PAIRS.replace("\n", "|").split("|"):
        one, other = pair.split()
        found[one].add(other)
        found[other].add(one)
    return {word: frozenset(others) for word, others in found.items()}


OPPOSITES = _both_ways()
