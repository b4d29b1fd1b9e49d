"""QTI written by hand for the tests: one item of every kind, and packages made of them."""

import io
import zipfile

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
SPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
MATCH = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"
MAP = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response"


def item(
    declarations: str,
    body: str,
    processing: str = "",
    more: str = "",
    id_: str = "one",
    space: str = SPACE,
) -> bytes:
    """An assessmentItem of QTI 2."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<assessmentItem xmlns="{space}" identifier="{id_}" title="Title" adaptive="false" '
        f'timeDependent="false" xml:lang="en">\n{declarations}\n'
        '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>\n'
        f"<itemBody>{body}</itemBody>\n{processing}{more}</assessmentItem>"
    ).encode()


def declared(
    right: str = "", kind: str = "single identifier", mapping: str = "", id_: str = "RESPONSE"
) -> str:
    """A response declaration; ``right`` are values parted by "|"."""
    cardinality, base = kind.split()
    values = "".join(f"<value>{value}</value>" for value in right.split("|") if value)
    correct = f"<correctResponse>{values}</correctResponse>" if values else ""
    return (
        f'<responseDeclaration identifier="{id_}" cardinality="{cardinality}" '
        f'baseType="{base}">{correct}{mapping}</responseDeclaration>'
    )


def by(template: str) -> str:
    return f'<responseProcessing template="{template}"/>'


def options(*told: str, tag: str = "simpleChoice", more: str = "") -> str:
    """``A:text`` each."""
    return "".join(
        f'<{tag} identifier="{one.split(":")[0]}"{more}>{one.split(":")[1]}</{tag}>' for one in told
    )


CHOICE = item(
    declared("B"),
    '<p>Which is a metal?<img src="media/metal.png" alt="a piece"/></p>'
    '<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="1">'
    "<prompt>Choose <em>one</em>.</prompt>"
    '<simpleChoice identifier="A">wood<feedbackInline outcomeIdentifier="FEEDBACK" '
    'identifier="A" showHide="show">Wood burns.</feedbackInline></simpleChoice>'
    '<simpleChoice identifier="B" fixed="true">iron</simpleChoice></choiceInteraction>',
    by(MATCH),
    id_="choice",
)
MULTIPLE = item(
    declared(
        "A|C",
        "multiple identifier",
        '<mapping lowerBound="0" upperBound="2" defaultValue="-1">'
        '<mapEntry mapKey="A" mappedValue="1"/><mapEntry mapKey="C" mappedValue="1"/></mapping>',
    ),
    '<choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="0">'
    f"<prompt>Even?</prompt>{options('A:2', 'B:3', 'C:4')}</choiceInteraction>",
    by(MAP),
    id_="multiple",
)
TRUE_FALSE = item(
    declared("T"),
    '<choiceInteraction responseIdentifier="RESPONSE" maxChoices="1">'
    f"<prompt>水是湿的。</prompt>{options('T:对', 'F:错')}</choiceInteraction>",
    by(MATCH),
    id_="truefalse",
)
BLANKS = item(
    declared(
        "York",
        "single string",
        '<mapping defaultValue="0"><mapEntry mapKey="York" mappedValue="1" '
        'caseSensitive="false"/><mapEntry mapKey="york city" mappedValue="0.5"/></mapping>',
        id_="R1",
    )
    + declared("3.14", "single float", id_="R2"),
    '<p>Now is the winter of <textEntryInteraction responseIdentifier="R1" expectedLength="15"/>'
    ' and pi is <textEntryInteraction responseIdentifier="R2"/>.</p>',
    """<responseProcessing>
    <setOutcomeValue identifier="SCORE"><mapResponse identifier="R1"/></setOutcomeValue>
    <responseCondition><responseIf>
      <equal toleranceMode="absolute" tolerance="0.01 0.02">
        <variable identifier="R2"/><correct identifier="R2"/></equal>
      <setOutcomeValue identifier="SCORE"><sum><variable identifier="SCORE"/>
        <baseValue baseType="float">2</baseValue></sum></setOutcomeValue>
    </responseIf></responseCondition></responseProcessing>""",
    id_="blanks",
)
INLINE = item(
    declared("Y"),
    '<p>Snow is <inlineChoiceInteraction responseIdentifier="RESPONSE" shuffle="false">'
    f"{options('X:black', 'Y:white', tag='inlineChoice')}</inlineChoiceInteraction>.</p>",
    by(MATCH),
    id_="inline",
)
MATCHING = item(
    declared("C P|D M", "multiple directedPair"),
    '<matchInteraction responseIdentifier="RESPONSE" shuffle="true" maxAssociations="4">'
    "<prompt>Who is in which play?</prompt><simpleMatchSet>"
    + options("C:Capulet", "D:Demetrius", tag="simpleAssociableChoice", more=' matchMax="1"')
    + "</simpleMatchSet><simpleMatchSet>"
    + options("P:Romeo", "M:Dream", tag="simpleAssociableChoice", more=' matchMax="4"')
    + "</simpleMatchSet></matchInteraction>",
    by(MATCH),
    id_="match",
)
ASSOCIATE = item(
    declared("P A", "multiple pair"),
    '<associateInteraction responseIdentifier="RESPONSE" shuffle="true" maxAssociations="1">'
    + options("A:Antonio", "P:Prospero", tag="simpleAssociableChoice", more=' matchMax="1"')
    + "</associateInteraction>",
    by(MATCH),
    id_="associate",
)
GAPS = item(
    declared("W G1|S G2", "multiple directedPair"),
    '<gapMatchInteraction responseIdentifier="RESPONSE" shuffle="false"><prompt>Fill.</prompt>'
    + options("W:winter", "S:summer", tag="gapText", more=' matchMax="1"')
    + '<p>Now is the <gap identifier="G1"/> made <gap identifier="G2"/>.</p>'
    "</gapMatchInteraction>",
    by(MATCH),
    id_="gaps",
)
ORDER = item(
    declared("B|A|C", "ordered identifier"),
    '<orderInteraction responseIdentifier="RESPONSE" shuffle="true">'
    f"<prompt>Sort.</prompt>{options('A:2', 'B:1', 'C:3')}</orderInteraction>",
    by(MATCH),
    id_="order",
)
EXTENDED = item(
    declared("", "single string"),
    '<extendedTextInteraction responseIdentifier="RESPONSE" expectedLength="200" '
    'expectedLines="5"><prompt>Write.</prompt></extendedTextInteraction>'
    '<rubricBlock view="scorer"><p>Two reasons.</p></rubricBlock>',
    id_="extended",
)
UPLOAD = item(
    declared("", "single file"),
    '<uploadInteraction responseIdentifier="RESPONSE" type="image/jpeg">'
    "<prompt>Show.</prompt></uploadInteraction>",
    id_="upload",
)
TOLD = item(
    declared("A"),
    '<choiceInteraction responseIdentifier="RESPONSE" maxChoices="1">'
    f"{options('A:yes, of course', 'B:never')}</choiceInteraction>",
    """<responseProcessing><responseCondition>
    <responseIf><match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>
      <setOutcomeValue identifier="SCORE"><baseValue baseType="float">3</baseValue>
      </setOutcomeValue><setOutcomeValue identifier="FEEDBACK">
      <baseValue baseType="identifier">good</baseValue></setOutcomeValue></responseIf>
    <responseElse><setOutcomeValue identifier="FEEDBACK">
      <baseValue baseType="identifier">poor</baseValue></setOutcomeValue></responseElse>
    </responseCondition></responseProcessing>""",
    '<modalFeedback outcomeIdentifier="FEEDBACK" identifier="good" showHide="show">Well!'
    '</modalFeedback><modalFeedback outcomeIdentifier="FEEDBACK" identifier="poor" '
    'showHide="show">Look again.</modalFeedback>',
    id_="told",
)
THREE = """<?xml version="1.0" encoding="UTF-8"?>
<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="three"
 title="Three" adaptive="false" time-dependent="false" xml:lang="zh">
<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier">
<qti-correct-response><qti-value>A</qti-value></qti-correct-response></qti-response-declaration>
<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
<qti-assessment-stimulus-ref identifier="S" href="shared/text.xml"/>
<qti-item-body><qti-choice-interaction response-identifier="RESPONSE" max-choices="1">
<qti-prompt>谁写的？</qti-prompt><qti-simple-choice identifier="A">李白</qti-simple-choice>
<qti-simple-choice identifier="B">杜甫</qti-simple-choice></qti-choice-interaction>
<qti-rubric-block view="tutor" use="scoring"><qti-content-body><p>静夜思</p></qti-content-body>
</qti-rubric-block></qti-item-body>
<qti-response-processing
 template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/>
</qti-assessment-item>""".encode()
STIMULUS = """<qti-assessment-stimulus xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
 identifier="S" title="诗"><qti-stimulus-body><p>床前明月光</p></qti-stimulus-body>
</qti-assessment-stimulus>""".encode()

EVERY = {
    "choice.xml": CHOICE,
    "multiple.xml": MULTIPLE,
    "truefalse.xml": TRUE_FALSE,
    "blanks.xml": BLANKS,
    "inline.xml": INLINE,
    "match.xml": MATCHING,
    "associate.xml": ASSOCIATE,
    "gaps.xml": GAPS,
    "order.xml": ORDER,
    "extended.xml": EXTENDED,
    "upload.xml": UPLOAD,
    "told.xml": TOLD,
    "three.xml": THREE,
}


def zipped(files: dict[str, bytes]) -> io.BytesIO:
    """A package of these files, ready to be read."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    made.seek(0)
    return made


def everything() -> dict[str, bytes]:
    return {**EVERY, "media/metal.png": PNG, "shared/text.xml": STIMULUS}
