// Switches a film to its described or signed version and back. They share its times, so captions, chapters and the
// moment stay as they are.
"use strict";
(window.filmParts ||= []).push(({ video, all, press, play, remembered, remember }) => {
  const buttons = all("[data-version]");
  const isLarge = matchMedia("(min-width: 60em)"); // as the film's own sources have it

  const show = (button) => {
    const { currentTime, paused } = video;
    const { src, small } = button.dataset;
    buttons.forEach((other) => press(other, other === button));
    if (src) video.src = small && !isLarge.matches ? small : src;
    else video.removeAttribute("src"); // then its own sources count again
    video.load();
    video.currentTime = currentTime;
    if (!paused) play(video);
  };

  const wanted = buttons.find((button) => button.dataset.version === remembered().version);
  if (wanted?.dataset.src) show(wanted);
  buttons.forEach((button) =>
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-pressed") === "true") return;
      remember({ version: button.dataset.version });
      show(button);
    }));
});
