"""Makes the example's one recording: the tide card of the last night, spoken by a synthesiser, with its transcript.

Run by hand where espeak-ng, sox and ffmpeg are installed (`apt-get install espeak-ng sox ffmpeg`). Each sentence is
spoken by itself, so that the transcript's times are those of the sound: counted in samples, not guessed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import wave
from pathlib import Path

PODCAST = Path(__file__).parent.parent / "examples" / "saltmarsh" / "sources" / "podcast"
NAME = "boathouse-tapes-01-tide-card"
RATE = 22050
VOICES = {"Tide voice": ("en-gb+f4", "142", "44"), "Weather voice": ("en-gb-scotland+m3", "138", "36")}
BEFORE, BETWEEN, TURN, AFTER = 0.6, 0.32, 0.55, 0.9  # seconds
# As of the wireless: nothing very low or high, pressed together, in a small room.
WIRELESS = "highpass=f=260,lowpass=f=3900,acompressor=threshold=-20dB:ratio=3:makeup=3,aecho=0.8:0.5:23:0.18,volume=1.4"
# What has to be spelled otherwise for the machine to say it.
SPELLED = (("Staithe", "Staith"), ("Garrod's", "Garrods"), ("nine, and", "nine... and"))
CARD = (
    ("Tide voice", "This is Radio Staithe, on two hundred and sixty-one metres."),
    ("Tide voice", "It is nine minutes past seven, on Thursday the twelfth of December."),
    ("Weather voice", "Wind northerly, nine, and rising."),
    ("Tide voice", "High water at Cold Staithe bar is at twenty minutes to nine."),
    ("Tide voice", "It is the last of the springs."),
    ("Weather voice", "There will be no ferry."),
    ("Weather voice", "Small boats will stay where they are, and so will everybody else."),
    ("Tide voice", "Tide and weather come to you from Garrod's of Fish Street."),
    ("Weather voice", "If it swims, we've met it."),
    ("Tide voice", "In one minute, Saltmarsh."),
    ("Tide voice", "Mind the step."),
)


def spoken(voice: str, words: str, folder: Path) -> bytes:
    """The samples of words in a voice, without the silence round them."""
    name, speed, pitch = VOICES[voice]
    raw, cut = folder / "raw.wav", folder / "cut.wav"
    for printed, said in SPELLED:
        words = words.replace(printed, said)
    subprocess.run(["espeak-ng", "-v", name, "-s", speed, "-p", pitch, "-w", raw, words], check=True)
    trim = ["silence", "1", "0.01", "0.4%", "reverse", "silence", "1", "0.01", "0.4%", "reverse"]
    subprocess.run(["sox", raw, "-r", str(RATE), "-c", "1", "-b", "16", cut, *trim], check=True)
    with wave.open(str(cut)) as sound:
        return sound.readframes(sound.getnframes())


def silence(seconds: float) -> bytes:
    """Samples of nothing."""
    return bytes(2 * round(seconds * RATE))


def stamp(samples: int) -> str:
    """A WebVTT time."""
    ms = round(samples * 1000 / RATE)
    return f"{ms // 3600000:02}:{ms // 60000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def main() -> int:
    """Speak the card, write the recording and the transcript."""
    sound, cues, last = silence(BEFORE), [], ""
    with tempfile.TemporaryDirectory() as made:
        for voice, words in CARD:
            sound += silence(TURN if last and voice != last else BETWEEN if last else 0)
            start = len(sound) // 2
            sound += spoken(voice, words, Path(made))
            cues.append(f"{stamp(start)} --> {stamp(len(sound) // 2)}\n<v {voice}>{words}</v>\n")
            last = voice
        dry = Path(made) / "dry.wav"
        with wave.open(str(dry), "wb") as out:
            out.setparams((1, 2, RATE, 0, "NONE", ""))
            out.writeframes(sound + silence(AFTER))
        coded = ["-af", WIRELESS, "-ac", "1", "-c:a", "libmp3lame", "-b:a", "48k"]
        plain = ["-map_metadata", "-1", "-fflags", "+bitexact"]
        target = PODCAST / f"{NAME}.mp3"
        subprocess.run(["ffmpeg", "-y", "-loglevel", "error", "-i", dry, *coded, *plain, target], check=True)
    note = "NOTE\nBoth voices are a speech synthesiser's (espeak-ng). No tape was kept, and this card was never read."
    (PODCAST / f"{NAME}.vtt").write_text(f"WEBVTT\n\n{note}\n\n" + "\n".join(cues), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
