"""What people type about accounts, checked before anything is done."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from yunke.ground.people.rules.limits import PASSWORD_SHORTEST

# The ones that guessers try first; a long list is no better than a length of eight.
COMMON = frozenset(
    {
        "12345678", "123456789", "1234567890", "88888888", "00000000", "11111111", "66666666",
        "password", "password1", "qwertyui", "qwerty123", "abc12345", "1q2w3e4r", "woaini1314",
    }
)  # fmt: skip


def password_wrong(password: str, login: str = "") -> str:
    """Why a password will not do; "" when it will."""
    if len(password) < PASSWORD_SHORTEST:
        return str(_("密码至少要八个字。可以用一句只有你知道的话。"))
    if password.lower() in COMMON or password.lower() == login.lower():
        return str(_("这个密码太容易猜到了，换一个吧。"))
    if len(set(password)) < 3:
        return str(_("密码里至少要有三个不同的字。"))
    return ""


class PasswordForm(forms.Form):
    """Change one's own password."""

    now = forms.CharField(max_length=200, strip=False)
    new = forms.CharField(max_length=200, strip=False)
    again = forms.CharField(max_length=200, strip=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        new = said.get("new", "")
        if new and (why := password_wrong(new)):
            self.add_error("new", why)
        elif new != said.get("again", ""):
            self.add_error("again", _("两次输入的新密码不一样。"))
        return said


@dataclass(frozen=True)
class Binding:
    """What a guardian typed: the invitation, the child's full name, who they are to the child."""

    code: str
    child: str
    relation: str
    name: str = ""
    login: str = ""
    password: str = ""

    @classmethod
    def read(cls, typed: QueryDict) -> "Binding":
        text = {name: typed.get(name, "").strip()[:60] for name in ("code", "child", "relation")}
        return cls(
            **text,
            name=typed.get("name", "").strip()[:60],
            login=typed.get("login", "").strip().lower()[:60],
            password=typed.get("password", "")[:200],
        )

    def account_wrong(self) -> dict[str, str]:
        """Why no account can be made of it, by field."""
        wrong = {}
        if not self.name:
            wrong["name"] = str(_("请写上你的名字，孩子和老师会看到。"))
        if len(self.login) < 4 or any(c.isspace() for c in self.login):
            wrong["login"] = str(_("登录名至少要四个字，中间没有空格；用手机号就好。"))
        if why := password_wrong(self.password, self.login):
            wrong["password"] = why
        return wrong
