"""What can be wrong with a package, in one plain sentence each. Pages say the codes in their own
words; the command says these.
"""

from yunke.craft.formats.qti.values import Fault

SENTENCES = {
    "zip-broken": "the archive cannot be opened",
    "zip-many": "the archive has too many entries",
    "zip-path": "an entry would lie outside of the package",
    "zip-link": "an entry is a link",
    "zip-twice": "two entries have one name",
    "zip-locked": "an entry is locked with a password",
    "zip-method": "an entry is packed in a way that is not read here",
    "zip-bomb": "an entry unpacks to far more than it is",
    "zip-large": "the archive is too large when unpacked",
    "zip-nested": "an archive lies within the archive",
    "empty": "nothing in the package is a QTI item",
    "xml-broken": "the XML is not well formed",
    "xml-entity": "the XML declares entities of its own, which are not followed",
    "xml-outside": "the XML asks for something outside of the package",
    "xml-large": "the file is too large for an item",
    "item-long": "the item is longer than 100,000 characters and was left out",
    "item-twice": "another item has the same identifier; this one got a number behind it",
    "item-empty": "nothing in the item can be answered and was understood; it was left out",
    "id-missing": "an identifier is missing",
    "id-twice": "an identifier is used twice; the second was left out",
    "version": "the namespace is of no known version; it was read as 2.1",
    "item-again": "the package has this item already; it was left out",
    "element": "this element is not understood; the text in it was kept",
    "dropped": "this element cannot be kept",
    "attribute": "this address cannot be kept",
    "interaction": "this interaction is not understood",
    "media-missing": "the package has no such file",
    "media-outside": "this picture lies outside of the package and was left out",
    "link-outside": "this link leads out of the package; its text was kept",
    "resource-missing": "the manifest names a file that is not in the package",
    "include-round": "an include leads back to itself",
    "include-missing": "an include names a file that is not in the package",
    "include-deep": "includes are nested too deep",
    "stimulus-missing": "the stimulus is not in the package or is none",
    "declaration": "no response is declared for this interaction",
    "key-unknown": "the right answer names nothing that can be chosen",
    "key-none": "no right answer is given; a person decides",
    "template": "this scoring template is not understood; the key is the correct response",
    "program": "response processing uses this, which is not followed; the key is as declared",
    "feedback-when": "when this feedback is shown is not understood; it was kept",
    "points": "points are not a number",
}


def sentence(fault: Fault) -> str:
    """The fault in plain words, its detail in brackets."""
    said = SENTENCES.get(fault.code, fault.code)
    return f"{said} ({fault.detail[:80]})" if fault.detail else said
