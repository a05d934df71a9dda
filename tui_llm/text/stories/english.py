"""The stories in English: words with their pronouns, and every beat in several ways. Long: it is text."""

from __future__ import annotations

from tui_llm.text.stories.grammar import Language, Word, by_gender, read_beats
from tui_llm.text.stories.plots import CHOICES


def _noun(text: str, gender: str = "", tail: str = "", *, full: str = "") -> Word:
    """A noun with its articles and, where it has a gender, its pronouns; `tail` stays in its text but not in the forms.

    `full` is the noun with its adjective, for the forms that present it (`new`), recall it (`full`) and head a story
    (`title`).
    """
    he, him, his = ("she", "her", "her") if gender == "f" else ("he", "him", "his")
    return Word(
        f"{_a(text)} {tail}" if tail else text,
        gender=gender,
        the=f"the {text}",
        a=_a(text),
        kind=text,
        in_the=f"in the {text}",
        he=he,
        him=him,
        his=his,
        himself=f"{him}self",
        a_title=_a(text.title()),
        **({"new": _a(full), "full": f"the {full}", "title": f"the {full.title()}"} if full else {}),
    )


def _a(text: str) -> str:
    return f"{'an' if text[:1].lower() in 'aeiou' else 'a'} {text}"


def _anyone(row: str) -> tuple[Word, ...]:
    """Every kind of the row, as a he and as a she."""
    return tuple(_noun(text, gender) for gender in "mf" for text in row.split())


def _things(row: str) -> tuple[tuple[Word, ...], ...]:
    """Every object of the row, in every colour and size."""
    adjectives = ("red", "blue", "green", "yellow", "white", "black", "golden", "old", "small")
    return tuple(tuple(_noun(text, full=f"{adjective} {text}") for adjective in adjectives) for text in row.split())


_BEATS = """
opening:
- Once upon a time there was {h.a} called {h} who lived in {p}.
- In {p} there lived {h.a} named {h}.
- [Many|A good many] years ago, in {p}, there lived {h.a} by the name of {h}.
- In {p}, in the last house [on the road|on the street], lived {h.a} called {h}.
- This is the story of {h} {h.the}, who lived in {p}.
- In {p}, everybody knew {h} {h.the}.
- {h} was {h.a} from {p}, and {h.his} house had a [blue|green|yellow|red] door.
- {h} {h.the} lived in {p}, in a [small house|stone house|house with two windows] that smelled of
  [bread|firewood|apples].
- If you ever pass through {p}, ask for {h} {h.the}.
- In {p} there was {h.a}, {h}, who got up before the [sun|roosters].
- {h} {h.the} came from {p}, where everybody knows everything about everybody.
- A long, long time ago, {h.a} named {h} lived in {p}.

trait.brave:
- {h} was {q}: at night {h.he} went out without a light and came back singing.
- They said {h} was {q}, because {h.he} had once gone into the dark cave on the hill and come out whistling.
- {h} was very {q}; when something frightened {h.him}, {h.he} [counted to three|took a deep breath] and kept going.
trait.stubborn:
- {h} was as {q} as a stone: what {h.he} began, {h.he} finished.
- {p.In_the} they said {h} was very {q}, and {h} said no, and no, and no again.
- {h} was {q}. Once {h.he} pushed a door for a whole afternoon, and in the end the door got tired first.
trait.clever:
- {h} was {q}: where others saw a problem, {h} saw a game.
- Everyone said {h} was very {q}, because {h.he} could [undo any knot|count to a thousand|read the clouds].
- {h} was {q} and spoke little; first {h.he} looked, and then {h.he} thought.
trait.curious:
- {h} was {q}: {h.he} wanted to know [what lay behind the mountain|where the wind slept|why the river was in such a
  hurry].
- {h} was very {q} and asked so many questions that the neighbours hid [behind their doors|at dinner time].
- {h} was {q}: {h.he} could not see a box without opening it, or a path without taking it.
trait.patient:
- {h} was {q}: {h.he} could spend a whole afternoon watching the grass grow.
- Nobody had ever seen {h} in a hurry. {h.He} was as {q} as a tree.
trait.careful:
- {h} was {q}: before stepping over a puddle {h.he} looked both ways twice.
- {h} was very {q} and always carried a rope in {h.his} bag, just in case.
- {h} was {q}: {h.he} [turned the key twice|counted the stairs] and kept candles for the winter.
trait.generous:
- {h} was {q}: if {h.he} had two apples, {h.he} gave away the bigger one.
- {h} was very {q}, and on {h.his} table there was always one plate too many.
- Everyone knew {h} was {q}: {h.he} never came home from the [square|fair] with a full basket.
trait.cheerful:
- {h} was very {q} and sang [even in the rain|at all hours].
- {h} was {q}: {h.he} laughed so much that the neighbours laughed too, without knowing why.
- {h} was {q} and said good morning to everyone, even to [the trees|the stones on the road].

trade.baker:
- {h} made the best bread in {p.the}, and in the morning the whole street smelled of it.
- {h} made bread all night and took {h.his} naps on a sack of flour.
trade.gardener:
- {h} had a small garden and called every flower by its name.
- {h} had a garden where everything grew, even what nobody had asked for.
trade.weaver:
- {h} made blankets, and it was never cold in {h.his} house.
- {h} worked with wool from dawn, and the noise of {h.his} work was the neighbours' clock.
trade.carpenter:
- {h} made wooden chairs, and there was one in every house.
- {h} worked with wood, and {h.his} house smelled like a forest.
trade.fisher:
- {h} went out on the water every morning and came back with two fish: one for dinner and one for the neighbours.
- {h} had a boat and knew the water like {h.his} own house.
trade.miller:
- {h} made flour for everyone and had flour even in {h.his} ears.
- {h} had an old mill that creaked like a ship when the wind blew.
trade.clockmaker:
- {h} lived among clocks, and even so {h.he} was always late.
- {h} had a thousand clocks at home, and each one told a different time.
trade.cook:
- {h} made such good soup that the neighbours knocked on the door with plates in their hands.
- {h} made dinner for anyone who knocked, and never asked for a name.

friend:
- {h.His} best friend was {c} {c.the}.
- {h.He} had a friend, {c} {c.the}, who [laughed at everything|spoke little and ate a lot|was always hungry].
- Next door lived {c} {c.the}, and there were no secrets between them.
- {h.He} was always with {c} {c.the}, who [asked about everything|was never in a hurry|felt cold even in summer].
- {c} {c.the} lived next door, and no day went by without a snack for two.
- With {c} {c.the}, {h.he} shared [bread, soup and an umbrella|a garden and the firewood].
- When {h} had a problem, {h.he} called {c} {c.the}; when {c} was hungry, {c.he} called {h}.
- Every afternoon {c} {c.the} came to eat bread and honey and to talk about a little of everything.
- {h} and {c} {c.the} had always been friends, and did not remember why.

weather.spring:
- It smelled of grass, and on every branch a bird was singing.
- There were flowers [in every window|even on the roofs].
- It rained and the sun shone, all at once, as it does in spring.
weather.summer:
- It was so hot that even the shadows looked for shade.
- The sky was blue from end to end.
- The road was so hot that {c} walked on tiptoe.
weather.autumn:
- Leaves covered the road, red and yellow.
- A cold wind was blowing, and it smelled of [firewood|apples].
- The clouds crossed the sky in a hurry.
weather.winter:
- It was snowing [without a sound|a little], and every step left a mark.
- It was so cold that words turned to smoke.
- Everything was white: the branches, the roofs and even the silence.

set_out:
- {H} put [bread and cheese|three apples|bread and nuts] in a bag and set out with {c}.
- {H} did not think twice: {h.he} called {c}, and they left [at once|with a basket of food].
- [The next day|The next morning], {h} and {c} [left home with a snack|took the old road].
- {H} whistled twice, and {c} came out with [a bag on {c.his} shoulder|a scarf round {c.his} neck].
- {H} left a note on the door, "Back soon", and went off with {c}.
- {c} wanted to come too, and {h} was glad: a long road is shorter for two.

road:
- On the way they counted clouds, and when the clouds ran out, they counted stones.
- They walked until noon and ate in the shade of [a tree|a wall|an old bridge].
- {c} sang [quietly|very badly], and {h} thought about the food.
- They passed [a house without a door|a well without a bucket|a mill without a miller] and made up a story about it.

say.ready:
- "Is it far?" asked {c}. // "Far enough to take a snack," said {h}.
- "What if there is no road?" asked {c}. // "Then we'll make one," answered {h}.
- "I'll carry the cheese," said {c}. // "And I'll carry whoever eats it," said {h}.
- "We'll be back before dark," said {h}. // "You said that last time," sighed {c}.
- "Are you afraid?" asked {c}. // "A little. Are you?" // "Me too," said {c}. "Good: that leaves less for each of us."

say.stuck:
- "It can't be done," said {c}.
- "Let's go home," sighed {c}. "There is nothing for us here."
- "We've tried everything," said {c}. // "Not everything," answered {h}. "We haven't tried thinking."
- "What now?" asked {c}. // "Now we eat," said {h}. "Nobody can think when they're hungry."
- "Tomorrow will be better," said {c}. // "Tomorrow will be the same, but hungrier," answered {h}.
- "I told you," said {c}. // "You didn't say anything." // "But I thought it."

say.tired:
- "I can't," said {h}. // "Not today," answered {c}. "Tomorrow, who knows."
- "It's impossible," sighed {h}. // "It was impossible yesterday too, and yesterday was worse," said {c}.
- "I give up," said {h}. // "All right," said {c}. "Before or after the snack?" // "After," said {h}, and afterwards
  {h.he} did not give up.
- "I'll try again tomorrow," said {h}. // "And I'll watch again," said {c}.

need.hungry:
- By a spring they found {k.a} called {k}, who had not eaten for two days. {h} broke {h.his} bread in two and gave away
  the bigger piece.
- On the road, {k.a} called {k} was looking into an empty bag. {h} gave away [{h.his} snack|{h.his} cheese] and said
  that {h.he} was not hungry, though {h.his} belly made a noise.
need.thorn:
- By the side of the road {k.a} called {k} was crying: {k.he} had stepped on a thorn. {h} pulled it out with care, while
  {c} told {k.him} a very bad joke.
- They heard someone crying. It was {k.a} called {k}, with a thorn in {k.his} foot. {h} pulled it out very slowly and
  tied a handkerchief round it.
need.cold:
- Under a tree {k.a} called {k} was shaking with cold. {h} put {h.his} own scarf round {k.him} and never asked for it
  back.
- By the river {k.a} called {k} was shaking with cold, because {k.he} had fallen in. {h} lit a fire and found a blanket
  for {k.him}.
need.mud:
- {k.A} called {k} was pulling a cart that was stuck in the mud. {h} and {c} pushed until it came out.
- At a bend in the road, {k.a} called {k} had spilled a cart of potatoes. {h} and {c} picked up every one of them.
need.net:
- By the river they found {k.a} called {k}, caught in an old net. {h} cut the knots one by one, without hurrying.
- {k.A} called {k} hung in a net between two branches. {h} climbed up and cut the rope, and {c} held the blanket
  underneath.
need.glasses:
- {k.A} called {k} had lost {k.his} glasses in the grass. {h} saw them at once: they were on a branch, just above
  {k.his} head.
- On the road, {k.a} was saying good morning to a tree trunk. {k.His} name was {k}, and {k.he} had lost {k.his} glasses.
  {h} looked for a whole hour and found them in a puddle.

thanks:
- "One day I'll pay you back," said {k}.
- "I won't forget," said {k}, and went off [singing|very slowly].
- "What do I owe you?" asked {k}. // "Nothing," said {h}. "Another day it will be your turn."
- {k} said thank you three times and went off down a path.
- {k} wanted to pay, but {h} said that a favour weighs nothing.

back:
- Then {k} {k.the} appeared. {k.He} had not forgotten.
- Along the road came {k}, without hurrying, and with a smile.
- "Now it's my turn," said somebody. It was {k}.
- {h} whistled without much hope, and from behind the trees came another whistle: it was {k}.
- "Problems?" said a voice. {h} turned round and saw {k} {k.the}.

wall.river:
- But the rain had filled the river, and the bridge was gone.
- But there was no bridge over the river: there was a sign that said "Here was a bridge".
- The river stopped them. It was wide and cold, and [it made a lot of noise|it had no bridge].
fail.river:
- {H} took a run and jumped, but the river was too wide. {h.He} came out wet on the same side.
- They threw a log into the water to cross on it, and the water carried it off like a straw.
- They made a boat out of branches. It did not last long, and they swam back to the bank.
- {c} put a foot in the water and took it out at once: it was cold, and it pulled hard.
- {H} tried to cross from stone to stone, but the third stone was a toad, and the toad did not want to be a bridge.
solve.river.bold:
- {H} tied a rope round {h.his} belly, took a deep breath and swam across. Then {h.he} pulled on the rope, and {c} came
  after {h.him}.
- {H} threw {h.himself} into the water again and swam to the other side with a rope. {c} crossed along it.
solve.river.mind:
- {H} looked at the river for a long time. Higher up there was a dead tree; they pushed it, and it fell from bank to
  bank. Now they had a bridge.
- {H} threw a leaf into the water and followed it along the bank. The leaf stopped where the water was quiet, and there
  they crossed.
solve.river.calm:
- {H} sat down to wait. When the rain stopped on the mountain, the water went down, and they crossed on the stones.
- {H} threw in a stone, and another, and another, without hurrying. By evening they had a path.
solve.river.warm:
- {H} began to sing, and on the other bank a boatman put his head out. He took them across for one more song.
- {H} shared {h.his} food with a boatman who was asleep in the reeds, and the boatman took them to the other side.
idea.river:
- {c} pointed down the river, where the water did not run. They crossed there, with the water up to their knees.
- {c} tied the rope to a branch, and they jumped with it over the water. They landed on the other side, {h} first and
  {c} on top.
back.river:
- {k} knew some stones hidden among the reeds and led them across to the other bank.
- {k} had an old boat among the reeds and took them to the other side.

wall.gate:
- But the road ended at an iron gate, taller than a tree, and it was shut.
- At the end of the road there was a wall, in the wall a gate, and on the gate neither key nor bell.
- A huge gate closed the road. Somebody had written on it: "Not today".
fail.gate:
- They both pushed at once. The gate did not move a finger.
- {H} climbed the wall, but the stones were covered with moss, and {h.he} came down faster than {h.he} went up.
- {c} knocked with {c.his} hand, with {c.his} foot and with {c.his} head. Nobody opened.
- {H} put a stick into the keyhole. The stick broke, and then there was no keyhole.
- They tried to dig underneath, but a hand below the grass it was all rock.
solve.gate.bold:
- {H} climbed again, this time without looking down. {h.He} got to the top, jumped to the other side and opened the gate
  from inside with one finger.
- {H} kept on knocking, for one hour, for two hours, until the guard got up from his nap and opened so as not to hear
  any more.
solve.gate.mind:
- {H} looked at the gate up close and began to laugh. It was not shut at all: you had to pull, not push.
- {H} followed the wall with one hand. Twenty steps from that great gate there was a hole, and they went through it.
solve.gate.calm:
- {H} sat down against the wall and waited. Soon the guard came with the key: he had only gone out to eat.
- {H} tried the stones of the wall one by one, without hurrying. Under stone number thirty-two was the key.
solve.gate.warm:
- {H} said a cheerful hello, though there was nobody in sight. On the other side lived a very lonely guard, who opened
  up just to talk a while.
- {H} left half the cheese in front of the gate, for the guard. It opened a little, a hand came out, and after the hand
  the whole gate.
idea.gate:
- {c} lifted the flowerpot beside the wall. Under it was the key, as in every house.
- {c} found a small gate beside the big one. // "For those who come late," {c.he} read.
back.gate:
- {k} had the key on a string round {k.his} neck: it was the gate of {k.his} own garden.
- {k} whistled a song, and somebody opened from inside. The guard was {k.his} cousin.

wall.slope:
- In front of them rose a slope of loose stones, as steep as a roof.
- And then came the slope. It was so high that [the clouds leaned on it|even the road looked tired].
- And suddenly the road became a slope of mud and stones.
fail.slope:
- {H} took two steps up and slid three steps down.
- {H} ran up half of it and came down all of it, sitting.
- They made a walking stick out of a branch, but the stick sank into the stones and would not come out.
- {c} tried to climb it backwards. {c.He} came down just the same.
- They climbed hand in hand, and they slid down hand in hand.
solve.slope.bold:
- {H} dug in {h.his} feet and climbed without looking back. From the top {h.he} threw down a rope for {c}.
- {H} got up, shook off the dust and climbed again. {h.He} slid down four times and went up five.
solve.slope.mind:
- {H} thought of how leaves come down, from side to side, and they went up the same way: a little to the right, a little
  to the left.
- {H} saw that small trees grew beside the slope. From branch to branch, as if by a ladder, they got to the top.
solve.slope.calm:
- {H} wanted to take ten steps and rest, ten steps and rest. That way the slope ran out before they did.
- {H} took away the loose stones, one by one, and left a path behind. It took all afternoon, but they got to the top.
solve.slope.warm:
- {H} gave {c} {h.his} hand and began to sing. Whoever sings does not look down, and so they got to the top.
- {H} carried {c}'s bag, and {c} pulled {h} along. For two of them, the slope was half as high.
idea.slope:
- {c} left {c.his} boots at the bottom. It was easier without boots, and they got to the top with black feet.
- {c} threw a rope up to a tree. The third time it held, and they climbed up by it.
back.slope:
- {k} pushed some branches away: behind them was a stone stair so old that nobody remembered it.
- {k} knew the path of the goats, which went round the mountain, and took them to the top.

wall.mist:
- Suddenly the mist came down, and the road was gone.
- A white mist covered the mountain. {h} could not see {h.his} own feet.
- Halfway there came the mist, so thick that it looked like soup.
fail.mist:
- They walked straight ahead for an hour and came to the same tree they had started from.
- {H} shouted for help, but only the echo answered, and the echo did not know the way either.
- They followed a small light. It was an old man with a lantern, who was looking for the road too.
- {c} said it was to the left. To the left there was a very deep puddle.
- {H} tried to leave white stones so as not to walk in circles, but in the mist everything was white.
solve.mist.bold:
- {H} gave {c} {h.his} arm and kept walking, step by step. Half an hour later the mist was behind them.
- {H} climbed the tallest tree. Up there the sun was shining, and from there {h.he} could see the road.
solve.mist.mind:
- {H} shut {h.his} eyes and listened. Far away was the sound of the river, and rivers always know the way down: they
  only had to follow it.
- {H} touched the trees: the moss always grew on the same side. With their hands on the moss they found the road.
solve.mist.calm:
- {H} put the blanket on the ground and sat down. The mist was in more of a hurry: soon it was gone, and the road was
  two steps away.
- {H} did not move until there was something to see. They waited and waited, until the wind got up and swept the mist
  away.
solve.mist.warm:
- {H} began to sing, and a voice answered with the second part. It was a shepherd. From song to song they found their
  way to him.
- {H} put {h.his} coat round {c} and told {c.him} stories until a window lit up. They had been in front of a house the
  whole time.
idea.mist:
- {c} smelled the air: it smelled of bread. And where there is bread there is an oven, and where there is an oven there
  are people. They followed {c.his} nose.
- {c} tied a rope to a tree and walked round it, a little farther every time, until {c.he} stepped on the road.
back.mist:
- {k} brought a lantern and knew the mountain by heart. With a light in front, the mist was not frightening any more.
- {k} went in front with a bell, and they followed the sound until they were out of the mist.

wall.guard:
- In the middle of the bridge stood a huge goose that let nobody pass.
- But in front of the bridge a goose was waiting, in a very bad mood.
- The road went over a bridge, and the bridge had an owner: a goose that [was white and serious|thought it was a
  general].
fail.guard:
- {H} said hello to the goose with a smile, and the goose bit {h.his} hat.
- {H} tried to run past, but the goose ran faster and bit better.
- {c} covered {c.himself} with leaves to look like a tree. The goose did not believe it.
- {H} threw some crumbs. The goose ate them all and went back to its place.
- {c} shouted to frighten it. The goose shouted twice as loud.
solve.guard.bold:
- {H} walked straight up to the goose, looking it in the eye. The goose took a step back, then another, and went off to
  look at the river.
- {H} walked past it, slowly, without running and without looking down. Even the goose made room.
solve.guard.mind:
- {H} saw that the goose kept looking at the grass: its nest was there. They went by on the other side, in silence, and
  the goose did not move.
- {H} put a mirror on the ground. At last the goose had found somebody as serious as itself, and it stayed there.
solve.guard.calm:
- {H} sat down to wait. Even a goose must sleep: in the middle of the afternoon it put its head under its wing, and they
  went by on tiptoe.
- {H} took one step every ten minutes, without a sound. By the time the goose knew it, they were on the other side.
solve.guard.warm:
- {H} asked the goose what was wrong. Nobody ever asked it anything; the goose cried a little and let them pass.
- {H} told it a joke. The goose did not want to laugh, but it laughed, and a goose that laughs frightens nobody.
idea.guard:
- "Please?" said {c}. // The goose was very surprised. // "Nobody ever says that," it answered, and went away.
- {c} opened and shut the umbrella, three times, very fast. The goose jumped into the water, and the bridge was free.
back.guard:
- "Good afternoon, general," said {k}. The goose stood up straight and let them pass.
- {k} spoke into the goose's ear, and nobody knew what {k.he} said; but the goose asked to be forgiven.

wall.thorns:
- A wall of thorns closed the road from side to side.
- The thorns had grown so much that where there had been a road there were only thorns.
- Suddenly the road went in among the thorns and did not come out again.
fail.thorns:
- {H} pushed a branch away, and the branch came back and hit {h.him} on the nose.
- {H} tried to get through on {h.his} knees. {h.He} came out backwards, with thorns even in {h.his} pockets.
- {c} hit the thorns with a stick. The thorns kept the stick.
- {H} jumped over them, or almost: {c} had to pull {h.him} out by the feet.
- They looked on the right and then on the left. They found only more thorns.
solve.thorns.bold:
- {H} pulled the blanket round {h.him}, shut {h.his} eyes and went in. Behind {h.him} was a tunnel of the same shape,
  and {c} came through it.
- Branch by branch, with thorns even in {h.his} hat, {h} opened a path.
solve.thorns.mind:
- {H} lay down on the ground and looked underneath. There was a low, clean path made by mice, and they came out on the
  other side.
- {H} found a board and laid it over the thorns like a bridge. They crossed it, and it creaked all the way.
solve.thorns.calm:
- {H} tied the branches back, one by one, without hurrying. By evening there was a door.
- {H} cut one thorn, and another, and another. At the end of the day the thorns had run out, and {h} had not.
solve.thorns.warm:
- {H} shared {h.his} bread with a shepherd, and the shepherd's goats ate the thorns as if they were cake.
- {H} sang to the thorns. It did no good, but an old man who heard it brought a huge pair of scissors and helped.
idea.thorns:
- {c} wanted to pull the branches with the rope, from far away. They pulled together, and a hole opened, big enough for
  two.
- {c} found a tunnel behind a stone. They came out on the other side with earth in their ears.
back.thorns:
- {k} knew where the mice went through, and led them underneath without a single thorn.
- {k} came with a huge pair of scissors and left the road like new.

wall.pit:
- They did not see the hole. Suddenly they were both at the bottom, looking at a round piece of sky.
- The ground opened under their feet, and they fell into a [deep hole|dry well].
- Somebody had made a hole in the middle of the road, under the leaves. They fell in, first {c} and then {h}.
fail.pit:
- {H} jumped with all {h.his} might. {h.He} was short by [a hand|almost nothing], and a hand is a lot when you need it.
- {c} climbed on {h}'s shoulders, but could not reach the edge.
- They shouted until they lost their voices. Only a frog looked in, and it had no rope.
- They made stairs in the earth with their hands, and the earth fell down.
- {H} threw {h.his} scarf up. It caught on something: {c}'s nose.
solve.pit.bold:
- {H} dug {h.his} hands into the earth and climbed, little by little. Then {h.he} let down a branch for {c}.
- {H} tried ten times. The next time {h.he} touched the edge, and from above {h.he} gave {c} a hand.
solve.pit.mind:
- {H} counted the stones at the bottom: there were thirty. With thirty stones you can make a stair, and they climbed
  out.
- {H} saw a root that came out of the wall. {h.He} tied the rope to it with a double knot, and they climbed up.
solve.pit.calm:
- {H} took a spoon out of the bag and dug a step, and then another. By dinner time they were out.
- {H} waited in silence. When {h.he} heard steps, {h.he} whistled once, and an old woman threw them a rope.
solve.pit.warm:
- {H} began to sing at the bottom of the hole. A passing carter thought the earth was singing, looked in and threw them
  a rope.
- {H} cheered so loud that {c} jumped as never before, reached the edge and pulled {h} up by the hand.
idea.pit:
- {c} tied {c.his} coat to {h}'s, and both of them to a root. With that strange rope they climbed out.
- {c} remembered that there was a rope in the bag. It had been there all day, under the cheese.
back.pit:
- {k} looked over the edge, tied a rope to a tree and pulled them out.
- {k} pushed a long branch down to the bottom, and they climbed up it.

wall.cow:
- A cow was asleep in the middle of the bridge, and the bridge was so narrow that there was no room for anyone else.
- On the bridge there was a sleeping cow. The river ran underneath, and at the sides there was no room.
- The road was closed. Not by a wall, and not by a river: by a cow that was having a nap.
fail.cow:
- They both pushed the cow at once. The cow sighed and did not move.
- {c} sang into the cow's ear. The cow snored louder.
- {H} tickled it with a leaf. The cow smiled but did not wake up.
- {H} pulled the rope round its neck. It was like pulling a mountain.
- {c} told the cow about the problem, in very good words. The cow moved one ear.
solve.cow.bold:
- {H} took a deep breath and a long run, and jumped over the cow. {c} came after {h.him} with {c.his} eyes shut.
- {H} pushed once more, and again, and again, until the cow got up and went to sleep somewhere else.
solve.cow.mind:
- {H} put some grass on the other side of the bridge. The cow opened one eye, then the other, and got up by itself.
- {H} looked for a bell and rang it as if it were dinner time. The cow went home.
solve.cow.calm:
- {H} sat down beside the cow and waited. When the sun got into its eyes, the cow woke up, said good afternoon and left.
- {H} said it was time for a nap anyway. They both slept beside the cow, and afterwards there was no cow.
solve.cow.warm:
- {H} stroked the cow's head and told it a story. The cow got up and followed them half the afternoon.
- {H} said good morning so cheerfully that the cow woke up, asked to be forgiven and left the bridge free.
idea.cow:
- {c} came close and said: "Moo." The cow got up at once. {c} would never tell what {c.he} had said.
- "We could go over it," said {c}. // They did, and the cow never knew.
back.cow:
- "Home," said {k}, and the cow got up at once.
- {k} stroked it behind the left ear, where only friends know, and the cow made room.

title.remedy:
- The Blue Flower
- A Flower for {h}'s {e.Up}
title.letter:
- The Letter
- A Letter from Far Away
title.honey:
- The Honey Cake
- {h} Looks for Honey
title.spring:
- The Hidden Spring
- The Dry Well
title.ember:
- The Ember
- The Night without Fire
title.dawn:
- The Sun That Comes Up Twice
- The Top of the Mountain
title.visit:
- The Visit
- Two More Plates
title.fair:
- The Road to the Fair
- {h} Goes to the Fair
title.debt:
- {o.Title}
- An Old Debt
title.river:
- The River
title.gate:
- The Iron Gate
title.slope:
- The Slope
title.mist:
- The Mist
title.guard:
- The Goose on the Bridge
title.thorns:
- The Wall of Thorns
title.pit:
- The Hole
title.cow:
- The Cow on the Bridge
title.quest:
- {h} and {c} on the Road
- {h}'s Road
- {h} Sets Out
- {h} {h.the} and {c} {c.the}

wish.remedy:
- One day {h}'s {e} fell ill. The doctor said that only a blue flower could help {e.him}, and the blue flower grew [on
  the other side of the mountain|very far away].
- {day.Up}, {h}'s {e} did not get out of bed. {e.He} needed a blue flower, the kind that only grows on the other side of
  the mountain.
- {h}'s {e} coughed day and night. Everybody {p.in_the} knew the remedy, a blue flower, but nobody knew where to find
  one.
reach.remedy:
- On the other side of the mountain, between two stones, grew the blue flower. {h} took it home, and [the next
  morning|two days later] {h.his} {e} asked for [soup|bread and honey].
- They found the blue flower [by a spring|in the shade of a wall]. They made it into a soup so bad that {h}'s {e} got up
  so as not to have it twice.
- {H} cut a single blue flower and left the rest for others. It was enough: that night {h.his} {e} slept well.

wish.letter:
- The postman had hurt his foot, and there was a letter for {h}'s {e}, who lived on the other side of the mountain.
  "I'll go," said {h}.
- A letter came for {h}'s {e}. "Urgent", it said on it, but {h}'s {e} lived far away, on the other side of the mountain,
  and nobody wanted to go.
reach.letter:
- At the end of the day, {h} gave {h.his} {e} the letter. All it said was: "I miss you. Come to dinner on Sunday." {h}'s
  {e} read it three times.
- {h}'s {e} opened the letter with care and began to laugh: it was a letter of {e.his} own that had been right round the
  world.
- {h}'s {e} read the letter in silence, kept it close to {e.his} heart and put two more plates on the table.

wish.honey:
- The next day there was a feast in {p.the}, and there was no honey for the cake. The best honey was on the other side
  of the mountain.
- For the feast in {p.the}, {h} wanted to make a honey cake. {h.He} had flour, but {h.he} had no honey, and the bees
  lived far away.
reach.honey:
- The bees thought about it a little and gave {h} a full jar. That night not a crumb was left of the cake.
- They came home with half a jar of honey; {c} carried the other half on {c.his} face. The cake was a little crooked,
  and nobody left a crumb.
- {H} said good morning to the bees, filled a jar and said thank you. The cake was so good that everyone wanted another
  piece.

wish.spring:
- One day the well {p.in_the} ran dry, and people began to [quarrel over every bucket|keep water in cups]. {h} went to
  look for a spring.
- The well {p.in_the} had no water. They said there was a hidden spring on the other side of the mountain, and {h} went
  to find it.
reach.spring:
- Behind a rock there was the sound of water. {h} drank, laughed and moved three stones, and the spring ran down the
  mountain all the way home.
- There was the spring, [cold and clear|small and nobody's]. The next day everyone went with buckets, and nobody
  quarrelled any more.

wish.ember:
- {day.Up}, the wind blew out the fire in every house. Far away, high on the mountain, there was a light. {h} wanted to
  bring home an ember.
- One day all the ovens {p.in_the} went out, and nobody had fire. {h} went to look for some on the other side of the
  mountain.
reach.ember:
- An old woman gave them an ember in a pot. {h} carried it home with great care, and that night smoke came out of every
  house again.
- In a small house they found a fire, and beside it somebody who did not sell it but gave it away. From one ember, every
  oven {p.in_the} was lit.

wish.dawn:
- {h} had heard that on top of the mountain the sun comes up twice: once in the sky and once in the sea. {h.He} wanted
  to see it.
- {h}'s {e} had once seen the sun come up from the top of the mountain, and had never been in a hurry since. {h} wanted
  to see it too.
reach.dawn:
- They got to the top at night and waited under the same blanket. The sun came up slowly, first in the sky and then in
  the sea, and {c} forgot the cold.
- At the top there was nothing: only a stone and the whole sky. When the sun came up, {h} did not say a word, and
  neither, for once, did {c}.

wish.visit:
- {h} had not seen {h.his} {e}, who lived on the other side of the mountain, for [a year|a long time]. {day.Up}, {h}
  made up {h.his} mind to go.
- {h} missed {h.his} {e}, who now lived far away, on the other side of the mountain. "I'll go," {h.he} thought, and
  looked for {h.his} boots.
reach.visit:
- {h}'s {e} opened the door, looked {h.him} up and down and said {h.he} was taller. It was not true, but it sounded
  good.
- The house smelled of soup. {h}'s {e} asked nothing: {e.he} put two more plates on the table and left the door open.
- {h}'s {e} was at the window, looking at the road, as on every afternoon. That afternoon the road brought somebody.

wish.fair:
- {h} wanted to sell {g} at the fair, to buy [a new roof|a coat for the winter|a window]. The fair was on the other side
  of the mountain.
- It was the day of the fair, on the other side of the mountain, and {h} had {g} to sell.
reach.fair:
- At the fair, {h} sold everything before noon, and with the last coin {h.he} bought [a whistle|a sweet] for {c}.
- At the fair, {h} sold half and gave away the other half. {h.He} came home with little money and many friends.
- Nobody in the whole fair sold as much as {h}. Nobody ate as much as {c}.

wish.debt:
- {h} had {o.new} at home that was not {h.his} own: {h.his} {e} had lent it to {h.him} three years before. It was time
  to take it back, to the other side of the mountain.
- {day.Up}, while {h.he} was looking for something else, {h} found {o.new}. It belonged to {h.his} {e}, who lived on the
  other side of the mountain and had never asked for it back. It had to go home.
reach.debt:
- "{o.The}?" said {h}'s {e}. "I didn't even remember it. Keep it." // {h} looked at {o.the}, looked at the road and
  began to laugh.
- {h}'s {e} put {o.the} in the window, where there had been an empty place for three years.
- {H} gave back {o.the} and asked to be forgiven. // "You're just in time," said {h.his} {e}. "The soup is hot."

title.lost:
- {o.Title}
- Where Is the {o.Kind}?
- {h} Loses Something
lost.dear:
- What {h} loved most in the world was {o.new} that {h.his} {e} had given {h.him}.
- On {h}'s table there was always {o.new}. It had belonged to {h.his} {e}, and {h} cleaned it every night.
- {h} went nowhere without {o.new}, a gift from {h.his} {e}.
lost.gone:
- {day.Up}, {h} went to fetch {o.the}, and it was not in its place.
- {day.Up}, {o.the} was gone.
- {day.Up}, {h} woke up with a strange feeling. {h.He} looked at the table: {o.the} was not there.
lost.say:
- "And where was it?" asked a neighbour. // "If I knew that," said {h}, "I wouldn't be looking."
- "What was it like?" asked a neighbour. // "It was the best {o} in the world," said {h}, and {h.his} voice shook.
- "Everything turns up," they told {h.him}. // "And what doesn't turn up?" asked {h}. Nobody knew what to say.
lost.look:
- {H} looked under the bed and found [a sock|two nuts|a lot of dust], but not {o.the}.
- {H} looked in the cupboard and found [a candle|a button|an old letter], and nothing else.
- {H} looked in the barn, sack by sack. {h.He} found a very surprised mouse and nothing else.
- {H} looked down the well, just in case. From below, another {h} looked up, just as sad.
- {H} looked in the garden, among the cabbages. It was not there either.
- {H} walked down the whole road again, looking under every stone. Nothing.
lost.ask:
- {H} asked the neighbours one by one. They all remembered {o.full}; nobody had seen it.
- {H} put up a sign in the square: "Lost: {o.new}". Under it somebody wrote: "I'm looking for an umbrella."
- A little boy said he had seen {o.the} in the sky. Nobody believed him.
lost.found.bag:
- {H} was so tired that {h.he} fell into a chair, and something hurt {h.his} back. It was {o.the}: it had been in
  {h.his} own bag all day.
- In the end {h} opened {h.his} bag to find a handkerchief and cry a little. Inside, under the handkerchief, was
  {o.the}.
lost.found.nest:
- Then {h} saw something shine at the top of a tree. A bird had taken {o.the} to its nest. {h} offered it a button
  instead, and the bird said yes.
- In the tallest tree, inside a nest, was {o.the}, and on top of it there was a blue egg. {h} waited three weeks, until
  the bird came out.
lost.found.mended:
- That night there was a knock at the door. It was {h}'s {e}, with {o.the} under {e.his} arm: it had been cracked, and
  {e.he} had taken it away to mend it, as a surprise.
- {h}'s {e} came with a parcel. // "It was broken, and you didn't want to say so," {e.he} said. "It isn't now." // It
  was {o.the}, like new.
lost.found.child:
- Behind the house slept a very small {k.kind}, holding {o.the}. // "I don't like to sleep alone," said the little one,
  whose name was {k}. // {h} sat down too. From that day on, {o.the} belonged to both of them.
- On the bridge stood {k.a} called {k}, with {o.the} in {k.his} hands: {k.he} had found it on the ground and did not
  know whose it was. {h} was so happy that {h.he} asked {k.him} to dinner.
moral.lost:
- What you look for in a hurry, you find when you are calm.
- Since then, {h} keeps {o.the} beside the door and says good night to it every day.

title.astray:
- Where Is {c}?
- Cold Soup
- {h} Looks for {c}
astray.out:
- One day {c} went out to look for [firewood|nuts|apples] and did not come back at dinner time.
- {day.Up}, {c} went to the [well|mill|fair] and did not come back.
- {day.Up}, {c} said "Back soon", and [two|three|four] hours went by.
astray.worry:
- {H} put two plates on the table. {c}'s soup went cold.
- {H} looked out of the window until {h.he} could not see the road any more. Then {h.he} lit [a lantern|a candle] and
  went out to look for {c}.
- {H} waited a little, and a little more, and then put on {h.his} coat.
astray.search:
- {H} called {c} from the bridge, and only the echo answered.
- {H} asked at the mill. The miller had seen nobody all day.
- {k.A} called {k} had seen somebody going towards the forest, in a great hurry, with a basket.
- {H} looked in the cave and behind the cave. Nobody.
- {H} ran to the well. On their bench there was nobody.
astray.sign:
- And then, on a branch, {h} saw [a button|a red thread] from {c}'s coat.
- In the mud, at last, were some footprints that {h} knew very well.
- Something shone by the road: it was {c}'s [whistle|knife|basket].
- {H} stopped and listened. Very far away, somebody was singing badly. Only {c} sang like that.
astray.found:
- {c} was asleep under an apple tree, with a full basket and a smile. // "Is it dinner time?" asked {c}.
- {c} was on the bank of the river and could not walk. {h} carried {c.him} home, and {c} told jokes all the way, so as
  to weigh less.
- {c} was at the top of a tree. {c.He} had climbed up to see the sun go down, and did not know how to get down. {h} did
  not know either, but {h.he} climbed up, and they came down together.
- {c} was looking after a bird with a broken wing. // "I couldn't leave it alone," said {c}. // {h} sat down too, and
  they looked after it until dawn.
- At a bend in the road they met all of a sudden. // "I was looking for you!" they both said at once.
astray.pit:
- {H} came running and did not see the hole. {c} was at the bottom, and now {h} was too.
- {c} was at the bottom of a very deep hole. // "Don't come close," shouted {c}. "The edge will break." // {h} came
  close, and the edge broke.

title.make.kite:
- The Kite
- A Kite for the Wind
title.make.boat:
- The Boat
- {h}'s Boat
title.make.oven:
- The Oven
- The Oven in the Square
make.wish.kite:
- {H} wanted to make a kite, the biggest of all, to see who lived in the clouds.
- {day.Up}, the wind was so good that {h} wanted to make a kite.
make.wish.boat:
- {H} wanted to make a boat, to cross the lake and see what was on the other side.
- Every afternoon {h} looked at the lake. {day.Up}, {h.he} made up {h.his} mind to make a boat and stop looking.
make.wish.oven:
- {H} wanted to make an oven in the square, so that nobody had to eat cold bread.
- {day.Up}, {h} made up {h.his} mind to make an oven of clay, big and round, for all the neighbours.
make.fail.kite:
- The kite went up, turned round twice and fell [on a roof|in the garden next door].
- The kite was so heavy that it did not fly: it was {h} who flew, down the hill, behind it.
- The kite broke in the middle and fell to the ground like a tired bird.
make.fail.boat:
- The boat floated very well. It floated upside down.
- The boat filled with water before it left, and {h} came back with a frog in {h.his} hat.
- The boat turned round and round without going anywhere, until {c} felt ill just from looking.
make.fail.oven:
- The oven made so much smoke that the neighbours came out with buckets.
- The clay dried too fast, and the oven broke in two.
- The bread was so hard that {c} used it as a chair.
make.laugh:
- Those who passed by laughed. One of them asked if it was [a hat|a hen|a joke].
- {c} did not laugh. Well, {c.he} laughed a little, but then {c.he} brought [water|a blanket|bread] and stayed to help.
- "At least it's pretty," said {c}. // "No," said {h}, "but thank you."
- An old man who was watching from a bench shook his head and said nothing.
make.tip.kite:
- {k.A} called {k} came by and looked at it all calmly. // "It needs a tail," {k.he} said. "Without a tail, a kite
  doesn't know where the ground is."
- {k.A} called {k} took the string between two fingers. // "It's heavy in front," {k.he} said. "Give it a long tail."
make.tip.boat:
- {k.A} called {k} looked at the boat from above and from below. // "It needs tar," {k.he} said. "And a stone at the
  bottom, to keep it straight."
- "That isn't a boat," said {k}, {k.a} who was passing by. "It's a basket." // And {k.he} brought some tar and helped to
  close the holes.
make.tip.oven:
- {k.A} called {k} touched the clay with one finger. // "It needs straw," {k.he} said. "And time in the shade."
- {k.A} called {k} walked round the oven, and round again. // "An oven dries like a cheese," {k.he} said. "In the shade,
  and with nobody touching it."
make.back.kite:
- The next day {k} came back with a long red scarf. It was the tail that the kite needed.
make.back.boat:
- The next day {k} came back with a bucket of tar. They worked together all afternoon.
make.back.oven:
- The next day {k} came back with a sack of straw. // "Clay can't do it alone," {k.he} said. "Nobody can."
make.done.kite:
- This time the kite went up and up. {h} gave the string to {c}, and {c} felt the sky pulling at {c.his} hand.
- The kite went up as straight as an arrow. {h} and {c} looked at it until their necks hurt.
make.done.boat:
- The boat crossed the lake without a drop inside. On the other side there was another house, and somebody who had been
  looking across for years.
- The boat floated straight and quiet. {h} and {c} went to the middle of the lake and ate there, with their feet in the
  water.
make.done.oven:
- The bread came out round and hot. {h} broke it into pieces, and there was enough for everyone, though the pieces were
  small.
- The oven lit at the first try. From that day on the square smelled of bread, and nobody ate alone again.

title.learn.swim:
- {h} Learns to Swim
- The Lake
title.learn.read:
- The First Word
- {h} Learns to Read
title.learn.dance:
- The Dance
- {h} Learns to Dance
learn.wish.swim:
- Everyone could swim except {h}, who looked from the bank at the island in the lake, with its single tree, and said
  {h.he} was not hot.
- {h} wanted to learn to swim, because in the middle of the lake there was an island with a single tree, and nobody
  would tell {h.him} what tree it was.
learn.wish.read:
- {H} had a letter from {h.his} {e} and did not know how to read. {h.He} could ask for help, but {h.he} wanted to read
  it alone.
- A letter came for {h}. It was from {h.his} {e}, and the whole street wanted to read it out. But {h} wanted to learn to
  read, and to read it alone.
learn.wish.dance:
- In a month there would be a dance {p.in_the}, and {h} wanted to learn. All {h.he} knew was how to step on feet.
- {h} loved music so much that {h.his} feet moved by themselves, but each to its own side. {h.He} wanted to learn to
  dance.
learn.fail.swim:
- The first day, {h} drank so much water that {h.he} said the lake was lower.
- {H} moved {h.his} arms like a frog and sank like a stone.
- {H} went in up to {h.his} knees, thought of the fish and came running out.
learn.fail.read:
- The letters moved like ants, and {h} always got lost in the same line.
- {H} read "soup" where it said "soap", and was hungry all day.
- {H} learned the first letter on Monday and forgot it on Tuesday.
learn.fail.dance:
- {H} stepped on {c}'s foot once, and again, and once more. The fourth time, {c} put on boots.
- {H} went to the right when everyone was going to the left, and they all ended up on the floor.
- {H} counted the steps out loud, but always got lost after three.
learn.laugh:
- {c} did not laugh. Well, {c.he} laughed a little, but then {c.he} brought [water|a blanket|bread] and stayed to help.
- An old man who was watching from a bench shook his head and said nothing.
- Those who passed by stopped to look. One of them even brought a chair.
learn.tip.swim:
- {k.A} called {k} was looking on from the water. // "Lie down in it as in your bed," {k.he} said. "The lake knows what
  it's doing."
- "First learn to float," said {k}, {k.a} who lived on the bank. "Swimming is only floating in a hurry."
learn.tip.read:
- {k.A} called {k} sat down beside {h.him}. // "Every letter is a face," {k.he} said. "Today say hello to one. Tomorrow,
  to another."
- {k}, {k.a} who could read, put a finger under the first letter. // "Only this one," {k.he} said. "Tomorrow, the next."
learn.tip.dance:
- {k.A} called {k} laughed a little. // "Don't look at your feet," {k.he} said. "Listen to the drum."
- "Dance as if you were going home," said {k}, {k.a} with very big feet. "Nobody gets lost on the way home."
learn.weeks:
- {H} tried every afternoon, in rain and in sun.
- A week went by, and another. {h} kept trying.
- {c} came to look every afternoon and brought [nuts|an apple|bread and honey], just in case.
learn.done.swim:
- One afternoon, without knowing how, {h} swam all the way to the island. The tree was an apple tree, and there were
  still apples on it.
- And one day {h} looked back and saw the bank very far away, and {c}, very small, jumping up and down.
learn.done.read:
- At last {h} opened the letter. It said: "Now that you can read, come and see me." And {h} went.
- At last {h} read the letter, from the first word to the last. It was a soup: how much water, how much salt and how
  much patience. {h} made it that same night, for two.
learn.done.dance:
- On the night of the dance, {h} did not step on anyone. At the end {c} looked at {c.his} boots and said {c.he} did not
  need them any more.
- At the dance, {h} shut {h.his} eyes and listened to the drum. When {h.he} opened them, everyone had stopped to look.

title.gift:
- The Gift
- {c}'s Birthday
- {o.Title}
gift.eve:
- It was {c}'s birthday, and {h} had a parcel: {o.new}. {h.He} had saved for it all year.
- It was {c}'s birthday. {h} had bought {o.new} at the fair and could already see {c.his} face.
- {H} had found, at last, the right gift for {c}'s birthday: {o.new}.
gift.road:
- {day.Up}, {h} left home with the parcel under {h.his} arm.
- {H} put on {h.his} best hat, took the parcel and walked very slowly, so as not to break anything.
- On the way, {h} thought about what to say: "Here, it's nothing." But it was something.
gift.give:
- In the square {k.a} called {k} was crying. {k.He} was going to live very far away and had nothing to remember home by.
  {h} looked at the parcel, looked at {k} and gave {k.him} {o.the}.
- On the bridge, {k.a} called {k} was looking at the water. {k.He} had lost {o.a} just like it, the only thing left from
  {k.his} home. {h} took a deep breath and gave {k.him} {o.full}.
- At the fair, a very small {k.kind} called {k} was selling a blanket to buy bread. {h} had no money, but {h.he} had
  {o.the}, and that was what {h.he} gave.
gift.empty:
- {H} came to the party with empty hands and hid them in {h.his} pockets.
- When {c} opened the door, {h} did not know what to do with {h.his} hands.
- At {c}'s house the table was full of parcels. {h} stayed by the door.
gift.say:
- "I didn't bring you anything," said {h}. "I had {o.new}, but..." // "I know," said {c}. "I saw you from the window.
  It's the best gift anyone ever gave me."
- "I lost your gift on the way," said {h}. // "Then sit down," said {c}, "and tell me the story. I like that better."
- "Somebody else has your gift," said {h}. // "Was it pretty?" asked {c}. // "Very." // "Then it's all right," said {c},
  and cut {h.him} the biggest piece of cake.
gift.feast:
- When it was time for the cake, there was a knock at the door. It was {k}, with a flower in {k.his} hand. // "It's all
  I have," {k.he} said. "May I come in?"
- At the end of the party came {k}, with half the fair and a drum. It was the longest birthday anyone remembered.
- {c} did not ask about the gift. But at midnight, under the window, {k} began to sing for them, and {c} understood.
moral.gift:
- What you give is not lost: it only moves to another house.
- Since then, {c} says that {c.he} got two gifts that year, and that neither would fit in a box.
- Some hands come empty and bring a great deal.

title.quarrel:
- The Quarrel
- Whose {o.Kind} Is It?
- Two Friends and {o.a_title}
quarrel.find:
- {day.Up}, {h} and {c} found {o.new} in the middle of the road.
- {day.Up}, under [a bench|a bridge|an apple tree], {h} and {c} saw {o.new} at the same time.
quarrel.claim:
- "I saw it first," said {h}. // "And I touched it first," said {c}.
- "It's for me," said {c}. // "No, for me," said {h}, who had never wanted {o.a} before.
- "We found it together," said {c}. // "Yes, but I found more of it," said {h}.
quarrel.part:
- They both pulled, one from each side, and said bad things. In the end {o.the} was left on the ground, and each of them
  went home another way.
- They said three bad words, and not one of them was true. {h} went home with {o.the}, and {c} went home without saying
  goodbye.
- They quarrelled until night. {c} went off with {o.the}, and {h} shut the door so hard that a plate fell down.
quarrel.alone:
- That night the soup tasted of nothing. {h} put out two plates without thinking and took one away.
- {H} could not sleep. {h.He} counted sheep, and they all had {c}'s face.
- The next day something funny happened in the square, and {h} had nobody to tell it to.
quarrel.step:
- In the morning {h} set out for {c}'s house. Halfway there {h.he} met {c}, who was on the way to {h}'s.
- {H} opened the door to go and say sorry. {h.He} did not have to walk far: {c} was on the step, looking for the words.
- Three days later {h} knocked at {c}'s door. // "Who is it?" // "Somebody who was wrong," said {h}. // "Then there are
  two of us," said {c}, and opened.
quarrel.peace:
- They hung {o.the} on the branch between their two houses, so that it belonged to the tree and to nobody else.
- Since then, {o.the} lives one week with {h} and one week with {c}, and rests on Sundays.
- They gave {o.the} to {k.a} who was passing by, and kept what they really wanted: their snack on Fridays.
- Then came {k.the} who had lost {o.the}, and they gave it back together, very serious, so as not to laugh.
moral.friend:
- For two, the long road is short.
- {h} knew it that day: things go away, and {c} stays.
- Whoever comes home with somebody comes home twice.

title.storm:
- The Storm
- The Night of the Wind
- {h}'s House
storm.sign:
- {day.Up}, {h} saw that [the ants were shutting their door|the miller's dog did not want to go out].
- {day.Up}, {h}'s left knee hurt, and it was never wrong.
- {day.Up}, the air stopped moving and the sky turned green.
storm.warn:
- "There's a storm coming," said {h} in the square. "One of the big ones."
- {H} went from door to door: bring in the firewood, tie down the roofs.
- {H} rang the bell and told everyone that a storm was coming.
storm.doubt:
- The neighbours looked at the blue sky and went back to their work.
- "You always see clouds," laughed {k} {k.the}. // "Sometimes they're there," said {h}.
- Only {c} believed it, and {c} never believed anything.
storm.ready:
- {H} and {c} brought in firewood and filled [the biggest pot|all the cups] with water.
- {H} tied down the roof with ropes and put a pot of soup for twenty on the fire. // "There are two of us," said {c}. //
  "For now," said {h}.
storm.come:
- That night the wind came shouting. Tiles flew, and chairs, and even a hat with its owner.
- At midnight the sky broke, and the sea fell out.
- First it was one drop. Then it was all of them.
storm.knock:
- There was a knock: it was {k} {k.the}, wet through. Then came another neighbour, and another. {h} opened to them all
  and did not say "I told you" even once.
- {k} {k.the} came without a hat and with water up to {k.his} knees. Behind {k.him} came half the street. {c} counted
  the plates.
- The neighbours came one after another, until there was no room even on the stairs. Somebody began to sing, so as not
  to hear the wind.
storm.after:
- In the morning the sun came out. Some tiles were gone, and some branches, but nobody was missing.
- In the morning the neighbours said they were sorry. // "How did you know?" asked {k} {k.the}. // "I looked," said {h}.
- The next day they mended all the roofs together, and {h}'s too, which had nothing wrong with it.
moral.storm:
- Since then, when {h}'s knee hurts, everyone brings in the firewood.
- The best house is not the strongest one: it is the one that opens its door.

title.swap:
- The Swap
- From {o.a_title} to {z.a_title}
- {h} Makes a Swap
swap.wish:
- {h} wanted to give {h.his} {e} {z.new}, but {h.he} had no money. All {h.he} had was {o.new}.
- {h}'s {e} wanted {z.new}. {h} looked in {h.his} bag: there was not a single coin. All {h.he} had at home was {o.new}.
swap.first:
- On the road {h.he} met {k} {k.the}, who kept looking at {o.full}. // "I'll give you {x.new} for it," {k.he} said. //
  {h} said yes.
- {k.A} called {k} had needed {o.a} for months, and gave {h.him} {x.new} for it.
swap.second:
- Then {l.a} called {l} sighed at the sight of {x.full}. {l.He} had {y.new} at home, and they swapped.
- By the mill, {l} {l.the} stopped {h.him}. // "My mother had {x.a} just like that," {l.he} said. "Do you want {y.new}?"
  // {h} said yes.
swap.third:
- In the square, a traveller looked at {y.the} with the eyes of a little boy. In his cart he had {z.new}. Nobody needed
  to say anything.
- It was already late when an old woman saw {y.the}. // "I've looked for that all my life," she said, and gave {h.him}
  {z.new} for it.
swap.good:
- And so {o.the} turned into {x.a}, {x.the} into {y.a}, and {y.the} into {z.a}. {h}'s {e} opened the parcel and could
  not believe it.
- {h}'s {e} put {z.the} in the best place in the house. And that night, in four houses, somebody slept better.
swap.wry:
- {h}'s {e} opened the parcel and smiled. // "How pretty," {e.he} said. "I have something for you too." // It was
  {o.full}: {e.he} had swapped it with {k} for some potatoes.
- {h}'s {e} looked at {z.the} for a while. // "Thank you," {e.he} said, "but where is {o.the}? I liked it best of all
  your things." // It took {h} another whole day to swap everything back.

title.stranger:
- The Door
- Somebody Knocks
- A Night of Rain
stranger.night:
- One night it rained so much that the street looked like a river.
- It was a night of wind, and every door {p.in_the} was shut.
- That night it was snowing, and there were no footprints in the street.
stranger.knock:
- {k.A} was knocking from house to house, and everyone said it was too late. The last house was {h}'s.
- Somebody knocked at {h}'s door. It was {k.a}, with wet clothes and a sack on {k.his} shoulder. At other houses nobody
  had opened.
- A tired {k.kind} knocked at three doors. The first did not open, the second opened and shut, and the third was {h}'s.
stranger.open:
- "Come in," said {h}. "The soup is hot and the chair is empty."
- "I can't pay you," said {k.the}. // "And I can't give you change," said {h}. "Sit down."
- {h} did not ask {k.him} where {k.he} came from. {h.He} asked if {k.he} wanted [bread|more wood on the fire|a blanket].
stranger.soup:
- There was soup for two, because {h} said {h.he} was not very hungry. {k.The} was called {k} and knew a great many
  stories.
- There was not much soup, so they made it longer with water and words. {k}, for that was {k.his} name, fell asleep in
  the chair with the spoon in {k.his} hand.
- {k.The} said that {k.his} name was {k} and that {k.he} was going to the sea. They talked until the wood ran out, and
  then a little more.
stranger.morning:
- In the morning {k} was gone. {k.He} had painted a sun on the door, and from that day on it was never cold in {h}'s
  house.
- Before leaving, {k} mended the roof, which had let in water for years.
- {k} left at dawn. On the table was {o.new}, and under it a note: "For the one who opens."
- A year later a letter came: {k} had opened an inn by the sea, and there would always be an empty chair there for {h}.
- {k} left without a sound. But in spring, in front of {h}'s house, and of no other, a thousand flowers came up.
moral.warm:
- A song goes farther than a shout.
- A kind word weighs little and pushes hard.
- Joy is like a candle: it lights others and does not run out.

title.noise:
- A Noise in the Night
- Who Is There?
- Knock, Knock, Knock
noise.heard:
- One night, {h} heard a noise [on the roof|behind the wall|under the bed]: knock, knock, knock.
- At midnight {h} woke up. Something was scratching at the [door|window|roof], very slowly.
- One night with no moon, {h} and {c} heard a long, sad sound that came from the [well|barn|kitchen].
noise.guess:
- "It's a ghost," said {c}. // "Ghosts don't wear boots," said {h}. // And the noise certainly wore boots.
- "It's the wind," said {h}. // "There is no wind," said {c}. // "That's why," said {h}. "It's hiding in here."
- "It's a thief," said {c}. // "And what will he take?" answered {h}. "The soup?"
- "It's a giant," said {c}. "A small one." // {h} thought that a small giant was the worst thing anyone could meet at
  night.
noise.go:
- {h} lit a candle. The candle shook, or the hand shook.
- They went on tiptoe, {h} in front and {c} behind {h}'s coat.
- {H} took [a wooden spoon|the umbrella] and went to see. {c} came behind, in case the noise came from behind.
noise.found:
- It was {k} {k.the}, who had come to the wrong house and had been looking for {k.his} bed for an hour.
- It was a very small cat in a very big shoe.
- It was a branch knocking at the window. They opened, and the branch came in: it had a flower.
- It was the old clock on the wall. It had slept for ten years, and that night it had woken up.
- It was a mouse making a nest out of old letters. It looked at {h}, very serious, and went on with its work.
- It was water falling into a bucket: knock, knock, knock. And through the hole in the roof you could see the stars.
- It was {k} {k.the}, who was leaving a cake at the door for a surprise. And it was one.
noise.laugh:
- They laughed so much that they woke the neighbours, and then it was the neighbours who heard a noise.
- "I wasn't afraid," said {c}. // "I was," said {h}, "but only a little." // And neither was true.
- They went back to bed. Five minutes later there was another noise, but it was {c}, who was already snoring.
- That night they slept with the candle lit, in case the candle was afraid.

title.box:
- The Box
- {k}'s Box
- Do Not Open It
box.give:
- One day {k} {k.the} had to go away and left {h} a wooden box. // "Keep it for me," {k.he} said, "and don't open it."
- {k} {k.the} knocked at the door with a small box. // "I'll be back in a week," {k.he} said. "Look after it, and don't
  open it."
box.tempt:
- The first night, {h} put the box on top of the cupboard. The second night {h.he} dreamed about it. The third night the
  box made a noise.
- The box weighed almost nothing and smelled of the sea. {h} did not want to look at it, and looked at it all the time.
- {H} covered the box with a blanket. Then {h.he} thought about the blanket, and then about what was under the blanket.
box.say:
- "Only a little," said {c}. "Opening it a little isn't opening it." // "And eating a little cake isn't eating," said
  {h}. "I know you."
- "What if there is something hungry inside?" asked {c}. // "Then it would have called us," said {h}.
- "Nobody would know," said {c}. // "I would," said {h}, "and I see myself every day."
box.kept:
- {H} went for walks, counted to a thousand and cleaned the whole garden. At the end of the week the box was still shut,
  and the cabbages were very well.
- {H} tied up the box with a rope and gave the rope to {c}. Then {c} tied the rope to {h}. So the days went by.
- Every time {h.he} wanted to open it, {h} did something else. That week {h.he} cleaned the house three times.
box.opened:
- One afternoon, {h} opened it, only a finger. Out came a blue bird, flew once round the house and left by the window.
- After three days, {h} lifted the lid. Inside there was only the smell of the sea, and the smell went out of the
  window.
- {H} opened it at night, with {h.his} eyes shut. There was some very sweet music, just once, and it was over.
box.home:
- On Sunday {k} came back, with [dust on {k.his} shoes|a new hat].
- A week later, {k} knocked at the door. // "And my box?" {k.he} asked.
box.reward:
- {k} opened it then and there. Inside there were two sweets: one for {h} and one for {c}.
- {k} opened the box: it was empty. // "It was for the best thing I found on the road," {k.he} said, "and I left that in
  this house." // And {k.he} wrote {h}'s name on the lid.
- "My fear of the night is inside," said {k}. "I wanted to know if I could sleep without it." // And {k.he} took the box
  home, with great care.
box.confess:
- {H} could have kept quiet, but {h.he} did not. // "I opened it," {h.he} said, looking at the floor. // "I know," said
  {k}. "That's what the box was for: your word was in it. Now we have to make another."
- {H} told {k.him} everything. {k} thought for a while. // "The box can be filled again," {k.he} said in the end. "With
  help." // And it took them all summer.
- "I'm sorry," said {h}. // {k} sighed, and then smiled a little. // "I opened it too," {k.he} said, "when they gave it
  to me."

title.seed:
- The Seed
- {h}'s Tree
- Waiting
seed.get:
- {day.Up}, {h} found a seed and planted it in front of the window.
- {h}'s {e} gave {h.him} a seed. // "What does it grow?" asked {h}. // "Waiting," said {h.his} {e}. // {h} planted it
  that same afternoon.
- A bird dropped a seed into {h}'s hat. {h} took it for a message and planted it.
seed.hurry:
- The next day there was nothing. {h} watered it ten times, and the earth turned into a puddle.
- {H} took it out of the earth to see if it was growing, saw that it was asleep and put it back.
- {H} told it stories. {c} fell asleep; so did the seed.
- {H} put a candle beside it, in case the seed was cold, and burned {h.his} hat.
- {H} shouted that it was time. A worm came out and asked what time it was.
- {H} gave it a blanket by night and an umbrella by day. It did no good.
seed.tip:
- "Leave it in peace," said {c}. "I don't grow either when people are looking."
- "Your seed has its own clock," said {k}, {k.a} who was passing by. "And it doesn't tell the same time as yours."
- {h}'s {e} laughed. // "You didn't grow in a day either," {e.he} said.
seed.wait:
- {H} learned to water it a little every evening and not to look. Winter went by, and so did the snow.
- And {h} waited. While {h.he} waited, {h.he} mended the fence, learned a song and almost forgot the seed.
- The weeks went by. {h} talked with {c} about other things, and looked at the earth only now and then.
seed.grow:
- One morning there was a leaf, so small that {h} took off {h.his} hat to it. Some years later it was a tree, with shade
  for the whole street.
- One day a green tip came up. It was a sunflower, the tallest {p.in_the}, and in the evenings it turned round to look
  at {h}.
- A pumpkin grew, so big that {c} stayed and lived in it for a whole month.
- It was an apple tree. The first apple was for {c}; the second was for {h}'s {e}; and {h} planted the third.
moral.calm:
- Hurry gets there first, but it finds nobody home.
- Water that does not run gets there too, only better rested.
- Slowly you go far, and you see the flowers as well.

title.alarm:
- The Bell
- The Joke
- The Third Time
alarm.bored:
- {day.Up}, {h} had nothing to do. {h.He} already knew every tile and every cloud.
- Nothing ever happened {p.in_the}, and {h} thought that was wrong.
- What {h} liked best was to laugh at the neighbours.
alarm.cry:
- {h} rang the bell in the square and shouted that there was a fire [at the mill|at the school|in the barn]. Everyone
  came running, with boots and buckets. {h} laughed until {h.his} belly hurt.
- {h} ran down the street shouting that [there was a fire|the river was coming]. The neighbours got out of bed and came
  running. There was nothing, and {h} laughed for half an hour.
alarm.again:
- A week later {h.he} did it again. Fewer came out, and nobody laughed.
- A few days later {h.he} rang the bell again. {c} came running, looked at the sky and left without a word. That was the
  worst of all.
alarm.real:
- The third time it was true: there was smoke in the barn. {h} rang the bell until {h.his} arms hurt, but in the windows
  nobody lit a light.
- And then, one night, the barn really was on fire. {h} shouted and shouted. The neighbours turned over in bed.
alarm.save:
- Only {c} came, with a bucket in each hand. // "Just in case," {c.he} said. // The two of them put out the fire, and it
  was morning.
- After a while {c} came with a wet blanket. // "Your voice was different," {c.he} said. // They carried water all
  night, and in the morning the barn was still there.
alarm.learn:
- Since then, {h} rings the bell only on Sundays, and rings it very well.
- {H} said sorry from house to house. It took {h.him} a morning to say it and a year to be believed.
- The next day {h} gave the bell to {c}. // "It's yours," {h.he} said. "They believe you."
- A lie runs fast, but afterwards you have to walk back.

title.broke:
- {o.Title}
- The Crack
- What {h} Said
broke.lend:
- {c} had {o.new} and lent it to nobody. Only to {h}.
- {day.Up}, {c} lent {h} {o.new}, the thing {c.he} loved most. // "With care," {c.he} said. // "With care," said {h}.
- {H} asked {c} for {o.full} for an afternoon, and {c} lent it without thinking.
broke.break:
- That same afternoon {h} fell down the stairs, and so did {o.the}. Nothing happened to {h}.
- {H} put it in the window to get some sun. The wind opened the window, and {o.the} broke on the stones.
- {H} used it once, and twice, and the third time {o.the} went crack.
broke.hide:
- {H} put the pieces away [under the bed|in a sack of flour].
- {H} hid the pieces very fast, as if that way nothing had happened.
- {H} thought of saying that it had been [the wind|a thief], and even the chair gave {h.him} a very serious look.
broke.night:
- That night {h} did not sleep. Every time a board creaked, it seemed to say: "Crack."
- At dinner {h} did not touch the soup. It seemed that even the soup knew.
- The next day {h} saw {c} and went down another street. No street had ever been so long.
broke.tell:
- At last {h} went to {c}'s house with the pieces in a handkerchief. // "I broke it," {h.he} said, "and then I was
  afraid, which is worse."
- "I have to tell you something," said {h}, and {h.his} voice shook. "{o.The} broke. No: I broke it."
- Before dawn {h} knocked at {c}'s door. // "It isn't about the time," {h.he} said. "It's about {o.the}."
broke.answer:
- {c} looked at the pieces for a long time. // "It hurts," {c.he} said, "but less than not seeing you."
- "I thought so," said {c}. "Since yesterday you've been looking at the ground." // And {c.he} gave {h.him} a chair.
- {c} said nothing. {c.He} went to the kitchen and came back with glue, patience, and bread and cheese.
broke.mend:
- They glued {o.the} piece by piece. A thin line was left, and {c} said {c.he} liked it even better now.
- {H} worked a whole month to buy another. {c} took it, but kept the broken {o} too.
- They mended it together. Since that day it has a crack, and when somebody asks, they look at each other and laugh.
moral.truth:
- The truth weighs less when two carry it.
- What is broken can be mended; what is hidden grows.
- {h} learned that the fear of saying it is always bigger than saying it.

title.moon:
- {h}'s Moon
- The Moon in the Bucket
- A Ladder to the Moon
moon.wish:
- {H} wanted to touch the moon. Not all of it: only a little, at the edge.
- Every night {h} said goodbye to the moon from the window. One day {h.he} thought it would be better to go and see it.
- {H} wanted to give the moon to {c}, who was afraid of the dark.
moon.try:
- {H} climbed to the roof with a ladder, put a chair on top of the ladder, and stood on top of the chair. {h.He} was
  almost there. {h.He} was not there at all.
- {H} threw the moon a rope with a knot in it. The rope came back alone, without the moon, and quite hard.
- {H} followed the moon down the road until dawn. The moon walked when {h} walked and stopped when {h} stopped.
- {H} climbed the tallest tree {p.in_the}. From there the moon looked just as far away, but more friendly.
- {H} put a plate of cheese in the window for the moon. In the morning there was no cheese, though {c} had crumbs on
  {c.his} face.
moon.see:
- One night {h} was coming back from the well and looked into the bucket. There was the moon, round and quiet. {h} took
  it home without losing a drop.
- {H} was so tired that {h.he} sat down beside the lake. In the water, a hand away, was the moon. {h} put in a finger,
  only at the edge, and the moon laughed in a thousand pieces.
- {c} came with a jug of water and put it on the ground. // "Look inside," {c.he} said. // And inside was the moon.

title.leave:
- {c} Goes Away
- Until the Spring
- A Light in the Window
leave.news:
- {day.Up}, {c} said that {c.he} was leaving. {c.His} {e} lived [far away, by the sea|on the other side of the sea], and
  {c} had to spend a whole year there.
- {c} was going to work on a ship. {day.Up}, {c.he} filled {c.his} bag, which was small, and it took {c.him} a long
  time.
leave.gift:
- {H} gave {c.him} {o.new}. // "Now you have to come back," {h.he} said. "{o.The} belongs to this house."
- {h} wanted to say a great many things, and all {h.he} said was: // "Take a coat." // And {h.he} put {o.new} in {c}'s
  bag.
- At the door {c} gave {h.him} {o.new}. // "It's for you," {c.he} said, "until I'm back."
leave.wait:
- {h} lit a light in the window every night. Autumn went by, and so did the snow.
- On Fridays, {h} put out two plates, and afterwards washed them both.
- {H} wrote many letters, and they all said the same thing: "Come."
leave.sign:
- In spring a letter came. All it said was: "One more plate."
- One evening the miller's dog began to bark at the road.
- One day flowers came up by the fence, and {h} cleaned the house twice.
leave.back:
- Round the bend came {c}, with a bag on {c.his} shoulder and the same laugh. // "I could smell the soup from the
  bridge," {c.he} said.
- There was a knock, three times and then once more. Only {c} knocked like that. {h} took a little time to open, so as
  to keep that moment.
- {c} got down from the cart, and they stood and looked at each other. // "You've grown," said {h}. // "You haven't,"
  said {c}. "Good."

end.glad:
- That night there was [hot soup|sweet bread|honey cake] for everyone, and {h} danced until the candles went out.
- Since then, when anybody {p.in_the} has a problem, they knock at {h}'s door.
- {h} and {c} walked home arm in arm, laughing at everything and nothing.
- {p.In_the} they still tell the story, and every time they tell it, somebody cuts a piece of cheese for {h}.
- They had a party that began on Friday and ended on Sunday.
- And from that day on, {h} and {c} were better friends than ever.
end.wry:
- {c} told the story so many times that in the end {h} was a giant and the night lasted a month.
- {H} said never again. That "never again" lasted [three days|until Monday].
- Of all of it, what {c} remembered best was the food.
- {h} wanted to tell it all at dinner, but fell asleep with the spoon in {h.his} mouth.
- "Tomorrow," said {c}, "we're staying at home." // "You said that yesterday," answered {h}.
- {c} said that {c.he} had always known. {h} did not ask since when.
end.quiet:
- That night {h} left the window open and listened to the [wind|rain] until {h.he} fell asleep.
- {h} and {c} sat down [on the step|under the big tree] and said nothing. There was no need.
- The lights {p.in_the} went out one by one. The last one was {h}'s.
- Then night came, slowly, and in {h}'s window there were two shadows until very late.
- And {p.the}, which had seen so many things, fell asleep too.
- {h} looked at the stars and thought that, after all, they were not so far away.

moral.bold:
- Fear gets small when you begin to walk.
- Whoever falls five times knows the ground well.
- The hardest road ends by walking it.
moral.mind:
- Sometimes the door is open, and you only have to look.
- A little thinking saves a lot of pushing.
- One good eye does more than ten arms in a hurry.
moral.help:
- A favour is a seed: you forget it, and one day it gives shade.
- Whoever helps on the road never walks alone.
- {h} learned it that day: what you give on the way there, you find on the way back.
moral.work:
- Nothing goes well the first time, except mistakes.
- Hands learn slowly, and they do not forget.
- Every bad try is the mother of one that is a little less bad.
moral.host:
- An open door is warmer than a fire.
- Whoever shares bread never eats alone.
- Where there is an empty chair, somebody always comes.
"""

LANGUAGE = Language(
    names=by_gender(
        "Bruno Tom Oliver Simon Matthew Luke Nick Hugo Barney Cyril Dan Gilbert Paul Ray Felix Martin Rufus Otto "
        "Sam Julian Theo Mark Jasper Ned Arthur Henry",
        "Leah Nora Vera Milly Clara Olga Greta Lola Carmel Hazel Petra Dahlia Bertha Julia Martha Tina Zoe Aurora "
        "Rita Elvira Sarah Emma Louisa Anna Maud Polly",
    ),
    walkers=_anyone("fox mouse cat bear rabbit hedgehog donkey dog badger wolf hare squirrel pig"),
    strangers=(
        *_anyone("mole beaver owl crow deer goat tortoise otter duck heron stork traveller shepherd"),
        _noun("boy", "m"),
        _noun("girl", "f"),
    ),
    kin=(
        *(_noun(text, "m") for text in ("grandfather", "uncle", "father", "brother")),
        *(_noun(text, "f") for text in ("grandmother", "aunt", "mother", "sister")),
    ),
    places=(
        _noun("village", tail="by the sea"),
        _noun("village", tail="with red roofs"),
        _noun("village", tail="with a round square"),
        _noun("village", tail="between two mountains"),
        _noun("village", tail="at the edge of the forest"),
        _noun("valley", tail="of apple trees"),
        _noun("harbour", tail="of blue boats"),
        _noun("town", tail="of low houses"),
        _noun("forest", tail="of tall trees"),
        _noun("village", tail="on a hill full of mills"),
        _noun("valley", tail="with one long road"),
    ),
    things=_things(
        "bell lantern spoon flute cup compass drum umbrella mirror clock whistle bowl violin fan guitar jug teapot "
        "comb spyglass lamp"
    ),
    days={
        "spring": tuple(map(Word, ("one morning in April", "one day in spring", "one afternoon in May"))),
        "summer": tuple(map(Word, ("one summer morning", "one day in July", "one afternoon in August"))),
        "autumn": tuple(map(Word, ("one morning in October", "one autumn day", "one afternoon in November"))),
        "winter": tuple(map(Word, ("one winter morning", "one day in January", "one afternoon in February"))),
    },
    traits={trait: {"m": Word(trait), "f": Word(trait)} for trait in CHOICES["trait"]},
    trades={trade: {gender: _noun(trade, gender) for gender in "mf"} for trade in CHOICES["trade"]},
    products={
        trade: Word(load)
        for trade, load in (
            ("baker", "a basket of bread"),
            ("gardener", "a cart of flowers"),
            ("weaver", "six blankets"),
            ("carpenter", "four chairs"),
            ("fisher", "a basket of fish"),
            ("miller", "three sacks of flour"),
            ("clockmaker", "five clocks"),
            ("cook", "a pot of jam"),
        )
    },
    pairs={"m": Word("they"), "f": Word("they")},
    beats=read_beats(_BEATS),
)
