"""A script ahead of an app's own, for what a page without an origin would else fail at."""

from __future__ import annotations

import re

LOOKED_AT = 16_384
SCRIPT = b"""<script>(function(){function make(){var m=new Map();return{\
getItem:function(k){k=String(k);return m.has(k)?m.get(k):null},\
setItem:function(k,v){m.set(String(k),String(v))},removeItem:function(k){m.delete(String(k))},\
clear:function(){m.clear()},key:function(i){var k=Array.from(m.keys())[i];\
return k===undefined?null:k},get length(){return m.size}}}
["localStorage","sessionStorage"].forEach(function(n){try{window[n].length}catch(e){\
Object.defineProperty(window,n,{value:make(),configurable:true})}});
try{document.cookie}catch(e){var c="";Object.defineProperty(document,"cookie",{\
get:function(){return c},set:function(v){c=String(v).split(";")[0]},configurable:true})}
})()</script>"""
_HEAD = re.compile(rb"<head(\s[^>]*)?>", re.IGNORECASE)
_DOCTYPE = re.compile(rb"\s*(<!--.*?-->\s*)*<!doctype[^>]*>", re.IGNORECASE | re.DOTALL)


class Shim:
    """Puts the script into a page that passes by in pieces."""

    def __init__(self) -> None:
        self._held: bytes | None = b""

    def feed(self, piece: bytes) -> bytes:
        """What may pass on."""
        if self._held is None:
            return piece
        self._held += piece
        if len(self._held) >= LOOKED_AT or _HEAD.search(self._held):
            return self.end()
        return b""

    def end(self) -> bytes:
        """What is held back, the script in it."""
        held, self._held = self._held, None
        if held is None:
            return b""
        place = _HEAD.search(held) or _DOCTYPE.match(held)
        at = place.end() if place else 0
        return held[:at] + SCRIPT + held[at:]
