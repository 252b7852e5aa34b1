"""A transcript as plain data, for programs: the script's sentences, the words with their times, the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ebrochure.model.transcript import Sentence

if TYPE_CHECKING:
    from ebrochure.model.transcript import Segment, Transcript


def by_sentence(transcript: Transcript) -> tuple[tuple[Sentence, Segment | None], ...]:
    """Return each sentence of the script with its words, None where it was not heard.

    Without a script every segment of the engine is a sentence that was heard.

    Raises:
        ValueError: Sentences and segments do not belong together: a mistake of ours.
    """
    if not transcript.from_script:
        return tuple(
            (Sentence(segment.text, 1.0, segment.time.start_ms), segment) for segment in transcript.segments
        )
    segments = iter(transcript.segments)
    pairs = tuple(
        (sentence, None if sentence.start_ms is None else next(segments, None))
        for sentence in transcript.sentences
    )
    for sentence, segment in pairs:
        if sentence.start_ms is not None and (
            segment is None or segment.text.split() != sentence.text.split()
        ):
            found = None if segment is None else segment.text
            msg = f"expected the words of the sentence {sentence.text!r}, got {found!r}"
            raise ValueError(msg)
    if (left := next(segments, None)) is not None:
        msg = f"expected a sentence for each segment, got none for {left.text!r}"
        raise ValueError(msg)
    return pairs


def word_list(transcript: Transcript) -> dict[str, Any]:
    """Return a transcript as one JSON object; all times in source time, milliseconds.

    ``sentences`` are in the script's order, ``start_ms`` null where one was not heard; ``words`` has one
    entry for each token of a sentence that was heard, ``sentence`` being its index; ``inserted`` is speech
    that the script does not have, ``repeats`` the index of the sentence of which it is an earlier take.
    """
    pairs = by_sentence(transcript)
    return {
        "language": transcript.language,
        "engine": transcript.engine,
        "script_match": transcript.script_match,
        "sentences": [
            {"text": sentence.text, "start_ms": sentence.start_ms, "heard": sentence.heard}
            for sentence, _segment in pairs
        ],
        "words": [
            {
                "text": word.text,
                "start_ms": word.time.start_ms,
                "end_ms": word.time.end_ms,
                "confidence": round(word.confidence, 4),
                "sentence": index,
                **({} if word.speaker is None else {"speaker": word.speaker}),
            }
            for index, (_sentence, segment) in enumerate(pairs)
            if segment is not None
            for word in segment.words
        ],
        "inserted": [
            {
                "start_ms": item.time.start_ms,
                "end_ms": item.time.end_ms,
                "text": item.text,
                "repeats": item.repeats,
            }
            for item in transcript.inserted
        ],
        "speech": [[span.start_ms, span.end_ms] for span in transcript.speech],
    }
