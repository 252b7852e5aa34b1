// The meaning of a term comes on hover and on focus, too. A click, a tap and Escape need no script.
(() => {
  "use strict";
  const LINGER_MS = 300; // time for a pointer on its way from the term to its meaning

  for (const term of document.querySelectorAll(".term")) {
    const meaning = document.getElementById(term.getAttribute("popovertarget"));
    if (!meaning?.showPopover) continue;
    const parts = [term, meaning];
    let leaving;

    const show = () => {
      clearTimeout(leaving);
      if (!meaning.matches(":popover-open")) meaning.showPopover({ source: term });
    };
    const hide = () => {
      if (!parts.some((part) => part.matches(":hover, :focus-within"))) meaning.hidePopover();
    };
    const leave = () => {
      clearTimeout(leaving);
      leaving = setTimeout(hide, LINGER_MS);
    };

    // A finger hovers over nothing: what it touches, it clicks.
    term.addEventListener("pointerenter", (event) => event.pointerType !== "touch" && show());
    term.addEventListener("focus", show);
    for (const part of parts) {
      part.addEventListener("pointerleave", leave);
      part.addEventListener("focusout", ({ relatedTarget }) => {
        if (!parts.some((other) => other.contains(relatedTarget))) hide(); // at once: it must not cover what comes next
      });
    }
  }
})();
