"""What a device is called in the list of one's devices."""

# Looked for in this order; the first that fits names it.
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"), ("OpenHarmony", "HarmonyOS"), ("iPad", "iPad"),
    ("iPhone", "iPhone"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip
BROWSERS = (
    ("MicroMessenger", "WeChat"), ("Edg/", "Edge"), ("Firefox/", "Firefox"),
    ("OPR/", "Opera"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip


def device_of(user_agent: str) -> str:
    """ "Windows · Chrome"; what is not known is left out, so it may be empty."""
    known = (
        next((name for sign, name in table if sign in user_agent), "")
        for table in (SYSTEMS, BROWSERS)
    )
    return " · ".join(name for name in known if name)


def network_of(address: str) -> str:
    """The network an address belongs to: itself for IPv4, the first 64 bits for IPv6."""
    if ":" not in address:
        return address
    return ":".join(address.split(":")[:4])
