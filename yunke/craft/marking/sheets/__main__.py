"""``python -m yunke.craft.marking.sheets --template T.json IMAGE…``: one JSON line a picture.

T.json is a template of ours or OMRChecker's; a folder stands for the pictures in it.
``--omrchecker DIR``: every picture under DIR with the nearest ``template.json`` above it. A PDF of
several pages gives a line a page, named ``FILE#2``. ``--jobs N``: processes, all cores by default.
Exit 0; 2 with a line of reason where a file or template cannot be used.
"""

import sys

from yunke.craft.marking.sheets.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
