"""What happens in the stories, in no language: for each plot its shapes, and in a shape the beats of each paragraph.

A shape is read a line at a time: the first is the title, every other a paragraph. A line is a row of beats;
`a|b` is one or the other, `a?` may be left out, and `{obstacle}` is what the scene holds under that name, so that what
is tried, what fails and what helps fit what stands in the way. Knows no words. Standard library only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: What can fill each `{name}` of a beat. One of each is chosen for every story, whether the story needs it or not.
CHOICES = {
    "trait": ("brave", "stubborn", "clever", "curious", "patient", "careful", "generous", "cheerful"),
    "trade": ("baker", "gardener", "weaver", "carpenter", "fisher", "miller", "clockmaker", "cook"),
    "season": ("spring", "summer", "autumn", "winter"),
    "goal": ("remedy", "letter", "honey", "spring", "ember", "dawn", "visit", "fair", "debt"),
    "obstacle": ("river", "gate", "slope", "mist", "guard", "thorns", "pit", "cow"),
    "trouble": ("hungry", "thorn", "cold", "mud", "net", "glasses"),
    "find": ("bag", "nest", "mended", "child"),
    "item": ("kite", "boat", "oven"),
    "skill": ("swim", "read", "dance"),
}

#: The way of a trait: how somebody with that trait gets past an obstacle, and what the story may teach.
WAYS = {
    "brave": "bold",
    "stubborn": "bold",
    "clever": "mind",
    "curious": "mind",
    "patient": "calm",
    "careful": "calm",
    "generous": "warm",
    "cheerful": "warm",
}

#: The plots and their shapes. A plot that has more shapes is told more often: the quest is the heart of the book.
PLOTS = {
    "quest": (
        """
        title.{goal}|title.{obstacle}|title.quest
        opening trait.{trait} friend
        wish.{goal} set_out say.ready?
        weather.{season}? wall.{obstacle} fail.{obstacle}
        say.stuck? solve.{obstacle}.{way}
        reach.{goal} end?|moral.{way}
        """,
        """
        title.{goal}|title.{obstacle}|title.quest
        opening trade.{trade}? friend trait.{trait}
        wish.{goal} set_out road?
        wall.{obstacle} fail.{obstacle} fail.{obstacle} say.stuck
        solve.{obstacle}.{way} reach.{goal}
        end|moral.{way}
        """,
        """
        title.{goal}|title.{obstacle}|title.quest
        opening friend
        wish.{goal} set_out
        need.{trouble} thanks
        wall.{obstacle} fail.{obstacle} say.stuck?
        back back.{obstacle}
        reach.{goal} end?|moral.help
        """,
        """
        title.{goal}|title.{obstacle}|title.quest
        opening trade.{trade} friend
        wish.{goal} say.ready
        set_out weather.{season}? need.{trouble} thanks
        wall.{obstacle} fail.{obstacle} fail.{obstacle}
        back back.{obstacle} reach.{goal} moral.help?
        """,
        """
        title.{goal}|title.{obstacle}|title.quest
        opening friend trait.{trait}?
        wish.{goal} set_out road?
        wall.{obstacle} fail.{obstacle} say.stuck fail.{obstacle}
        idea.{obstacle} reach.{goal}
        end|moral.friend
        """,
    ),
    "lost": (
        """
        title.lost
        opening trade.{trade}? lost.dear
        lost.gone lost.say
        lost.look lost.look lost.ask
        lost.found.{find} moral.lost?
        """,
        """
        title.lost
        opening friend lost.dear
        lost.gone weather.{season}? lost.look
        lost.say lost.look lost.found.{find} end
        """,
    ),
    "astray": (
        """
        title.astray
        opening friend trait.{trait}?
        astray.out astray.worry
        astray.search astray.search astray.sign
        astray.found
        end|moral.friend
        """,
        """
        title.astray
        opening trait.{trait} friend
        astray.out astray.worry
        astray.search astray.sign astray.pit
        solve.pit.{way} end|moral.{way}
        """,
    ),
    "make": (
        """
        title.make.{item}
        opening trait.{trait}? friend
        make.wish.{item}
        make.fail.{item} make.laugh? make.fail.{item} say.tired
        make.tip.{item} make.done.{item}
        end|moral.work
        """,
        """
        title.make.{item}
        opening trade.{trade} friend
        make.wish.{item} make.fail.{item}
        need.{trouble} thanks
        make.fail.{item} make.back.{item} make.done.{item} moral.help?
        """,
    ),
    "learn": (
        """
        title.learn.{skill}
        opening friend
        learn.wish.{skill} learn.fail.{skill}
        learn.laugh say.tired learn.fail.{skill}
        learn.tip.{skill} learn.weeks learn.done.{skill} moral.work?|end
        """,
        """
        title.learn.{skill}
        opening trait.{trait}? friend
        learn.wish.{skill} learn.fail.{skill} learn.fail.{skill}
        learn.tip.{skill} learn.weeks? learn.done.{skill}
        """,
    ),
    "gift": (
        """
        title.gift
        opening trade.{trade}? friend
        gift.eve
        gift.road gift.give
        gift.empty gift.say
        end|moral.gift
        """,
        """
        title.gift
        opening friend trait.{trait}?
        gift.eve gift.road gift.give
        gift.empty gift.feast
        moral.gift?
        """,
    ),
    "quarrel": (
        """
        title.quarrel
        opening friend
        quarrel.find quarrel.claim
        quarrel.part quarrel.alone
        quarrel.step quarrel.peace end?|moral.friend
        """,
    ),
    "storm": (
        """
        title.storm
        opening trait.{trait}? friend
        storm.sign storm.warn storm.doubt
        storm.ready storm.come
        storm.knock storm.after end?|moral.storm
        """,
    ),
    "swap": (
        """
        title.swap
        opening friend trade.{trade}?
        swap.wish swap.first
        swap.second
        swap.third
        swap.good end?
        """,
        """
        title.swap
        opening trait.{trait}?
        swap.wish swap.first swap.second
        swap.third swap.wry
        """,
    ),
    "stranger": (
        """
        title.stranger
        opening trade.{trade}? trait.{trait}?
        stranger.night stranger.knock
        stranger.open stranger.soup
        stranger.morning moral.host?
        """,
    ),
    "noise": (
        """
        title.noise
        opening friend
        noise.heard noise.guess
        noise.go noise.found
        noise.laugh end?
        """,
        """
        title.noise
        opening trait.{trait} friend
        noise.heard noise.go noise.guess
        noise.found end?|noise.laugh
        """,
    ),
    "box": (
        """
        title.box
        opening friend
        box.give
        box.tempt box.say
        box.kept box.home box.reward end?
        """,
        """
        title.box
        opening trait.{trait}? friend
        box.give
        box.tempt box.opened
        box.home box.confess
        """,
    ),
    "seed": (
        """
        title.seed
        opening trait.{trait}? friend
        seed.get
        seed.hurry seed.hurry seed.tip
        seed.wait seed.grow
        end|moral.calm
        """,
    ),
    "alarm": (
        """
        title.alarm
        opening friend
        alarm.bored alarm.cry
        alarm.again
        alarm.real alarm.save alarm.learn
        """,
    ),
    "broke": (
        """
        title.broke
        opening friend
        broke.lend broke.break
        broke.hide broke.night
        broke.tell broke.answer broke.mend moral.truth?|end
        """,
    ),
    "moon": (
        """
        title.moon
        opening friend
        moon.wish
        moon.try say.tired? moon.try
        moon.see
        end.quiet
        """,
    ),
    "leave": (
        """
        title.leave
        opening friend
        leave.news leave.gift
        leave.wait leave.sign
        leave.back end.quiet
        """,
    ),
}

#: Beats that stand for any of several others.
ANY = {"end": ("end.glad", "end.wry", "end.quiet")}


@dataclass(frozen=True, slots=True)
class Step:
    """One place in a paragraph: one of `beats` is told there, or nothing if it `may_lack` and the dice say so."""

    beats: tuple[str, ...]
    may_lack: bool


Paragraph = tuple[Step, ...]
Shape = tuple[Paragraph, ...]

_STEP = re.compile(r"^[a-z_.{}|?]+$")


def read_shape(text: str) -> Shape:
    """The paragraphs of a shape, the title first. Raises ValueError where a step is not written as it must be."""
    return tuple(tuple(map(_read_step, line.split())) for line in text.strip().splitlines())


def _read_step(text: str) -> Step:
    if not _STEP.match(text):
        raise ValueError(f"not a step of a story: {text}")
    may_lack = "?" in text
    names = text.replace("?", "").split("|")
    return Step(tuple(beat for name in names for beat in ANY.get(name, (name,))), may_lack)


#: Every way to tell every plot, as the teller reads them.
SHAPES: tuple[Shape, ...] = tuple(read_shape(text) for texts in PLOTS.values() for text in texts)
