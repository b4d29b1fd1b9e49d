"""Pictures as phones and scanners send them: checked and upright (``plain``), measured in
(``pixels``)."""
