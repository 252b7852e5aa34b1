// Reads out what slides show and nobody says. The film waits meanwhile: two voices at once are no help to those
// who need either.
"use strict";
(window.filmParts ||= []).push(({ video, one, cuesOf, press, play, remembered, remember }) => {
  const button = one("[data-describe]");
  if (!button) return;
  const voice = window.speechSynthesis;
  button.hidden = !voice;
  if (!voice) return;
  const track = one("track[kind=descriptions]");
  const { srclang } = track;
  const cues = cuesOf(track);
  let on = Boolean(remembered().describe);
  let reading = null;
  let heard = -1; // up to where what there was to read has been read

  const stop = () => {
    if (reading) voice.cancel();
    reading = null;
  };

  const read = (cue) => {
    const saying = (reading = new SpeechSynthesisUtterance(cue.getCueAsHTML().textContent));
    saying.lang = srclang;
    saying.onend = saying.onerror = () => {
      if (reading !== saying) return; // the visitor went on without it
      reading = null;
      play(video);
    };
    video.pause();
    voice.speak(saying);
  };

  press(button, on);
  button.addEventListener("click", () => {
    on = !on;
    press(button, on);
    remember({ describe: on });
    if (!on) stop();
  });
  video.addEventListener("play", stop);
  video.addEventListener("seeking", () => {
    stop();
    heard = video.currentTime - 0.001;
  });
  video.addEventListener("timeupdate", () => {
    if (video.paused || video.seeking) return;
    const now = video.currentTime;
    const due = cues.find((cue) => cue.startTime > heard && cue.startTime <= now);
    heard = now;
    if (on && due) read(due);
  });
  addEventListener("pagehide", stop);
});
