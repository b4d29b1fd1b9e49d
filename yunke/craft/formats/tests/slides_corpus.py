"""Small real PPTX files, made part by part."""

import io
import zipfile

from PIL import Image

SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def box(text: str, *, at: str = "600000 500000 9000000 1500000", more: str = "") -> str:
    """A text box; ``at`` in EMU, ``more`` stands before its text."""
    x, y, w, h = at.split()
    lines = "".join(
        f'<a:p><a:r><a:rPr sz="2800" b="1"/><a:t>{line}</a:t></a:r></a:p>'
        for line in text.split("\n")
    )
    place = f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm>'
    return (
        f"<p:sp><p:nvSpPr><p:nvPr/></p:nvSpPr><p:spPr>{place}{more}</p:spPr>"
        f"<p:txBody>{lines}</p:txBody></p:sp>"
    )


def picture(link: str = "i1", at: str = "7000000 2200000 4200000 3100000") -> str:
    x, y, w, h = at.split()
    return (
        f'<p:pic><p:blipFill><a:blip r:embed="{link}"/></p:blipFill><p:spPr><a:xfrm>'
        f'<a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm></p:spPr></p:pic>'
    )


def fill(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def deck(*slides: str, size: str = 'cx="12192000" cy="6858000"', image: bytes = b"") -> bytes:
    """A PPTX of these slides' shapes; ``image`` is what "i1" names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        write = archive.writestr
        write("[Content_Types].xml", "<Types/>")
        ids = "".join(f'<p:sldId id="{256 + n}" r:id="r{n}"/>' for n in range(len(slides)))
        write(
            "ppt/presentation.xml",
            f"<p:presentation {SPACES}><p:sldIdLst>{ids}</p:sldIdLst><p:sldSz {size}/>"
            "</p:presentation>",
        )
        links = "".join(
            f'<Relationship Id="r{n}" Target="slides/slide{n + 1}.xml"/>'
            for n in range(len(slides))
        )
        write("ppt/_rels/presentation.xml.rels", f"<R>{links}</R>")
        for number, shapes in enumerate(slides, start=1):
            write(
                f"ppt/slides/slide{number}.xml",
                f"<p:sld {SPACES}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>",
            )
            write(
                f"ppt/slides/_rels/slide{number}.xml.rels",
                '<R><Relationship Id="i1" Target="../media/image1.png"/></R>',
            )
        if image:
            write("ppt/media/image1.png", image)
    return out.getvalue()


def png(colour: str = "#2060c0") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return out.getvalue()
