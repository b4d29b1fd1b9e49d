"""``./run train``: no method of this release is trained; every one is a rule that can be read."""

import sys


def main() -> int:
    print("这一版没有需要训练的模型。 · No model is trained in this release.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
