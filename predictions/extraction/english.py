"""The English of forecasts: which words are a sign of what. A new cue is a phrase in the right line.

Phrases are lower case with plain apostrophes, separated by commas; the longest that fits counts.
"""

from __future__ import annotations

from predictions.extraction.signs import Sign

# what somebody or something does once: in the plain present, beside a forecast, it goes on with it
EVENTS = """
    abandon abdicate abolish accept acquit admit adopt agree announce annex apologise apologize approve arrest assume backtrack ban banish bankrupt bargain blink boycott
    buckle cancel capitulate capsize cave choose clear comply concede confess confirm conquer convict cool cripple crumble decide default defect deliver deny derail devour dismantle
    dismiss dissolve drown dwindle elect emigrate enter erode erupt escalate evict expel fake falter flee flip flock flood forfeit freeze give_up gobble_up hand_over harden head_for
    impeach implode indict inherit invade join kneel leapfrog level_off lift lose_out make_it migrate mutate nominate oust outbid outdo outlive overrun overthrow overturn
    pack_up pardon pass_away phase_out pick_up plummet prevail privatise privatize pull_out pull_through punt put_an_end quit rally ratify rebel rebound reign reject relent relocate
    renege reopen repeal replace rescind rescue resign resume resurface retreat revert revolt ride_out ride_it_out scrap secede seize sell_out shed sink skyrocket slash snap squeeze_out
    stagnate stay_put step_up strip sue sell_off succumb suffocate supplant surface surrender survive suspend swallow switch take_off tear_up testify thaw topple triumph
    vacate vanquish veto wake_up walk_away walk_out wind_up wipe_out withdraw wither yield
"""


def third_person(stem: str) -> str:
    """ "hand_over" as "hands over", "flip" as "flips"."""
    verb, *particles = stem.split("_")
    ending = "es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s"
    changed = f"{verb[:-1]}ies" if verb.endswith("y") and verb[-2] not in "aeou" else verb + ending
    return " ".join((changed, *particles))


WORDS: tuple[tuple[Sign, str], ...] = (
    (Sign.CHANGE, ", ".join(map(third_person, EVENTS.split()))),
    (
        Sign.WILL,
        """
        will, 'll, won't, shall, shan't, going to, gonna, about to, set to, due to be, be going to,
        will always, 'll always, always going to, there will always,
        is what will, are what will, that will, which will, who will be, will lead, will be, will have, will not, will never, will no longer, 'll be, 'll have, 'll never, not going to, won't be, never going, is never going to, are never going to""",
    ),
    (
        Sign.BOUND,
        """
        there's no way, there is no way, no chance that, may well, might well, could well, likely to, unlikely to, bound to, destined to, certain to, sure to, set to become, poised to, is inevitable, are inevitable, inevitable, inevitably, be inevitable,
        almost inevitable, a certainty, a matter of time, matter of time, matter of when, only a question of time, chances are, good chance, high chance, small chance, great chance,
        every chance, odds are, expected to, is expected, are expected, on track to, on course to, on pace to, doomed to, guaranteed to, unavoidable, unstoppable,
        likely outcome, unlikely outcome, no longer be, is going away, are going away, will be able, risk that, isn't coming back, aren't coming back, not coming back, never coming back, not happening, isn't happening, never happening,
        not going back, never going back, just not happening, looks likely, look likely, seems likely, seem likely, looks unlikely, look unlikely, seems unlikely, looks set to, look set to, has bottomed, have bottomed, has peaked, have peaked,
        all but certain, almost certain, nearly certain, as good as certain, a foregone conclusion, all but inevitable, still to come, yet to come, is here to stay, are here to stay, days are numbered, you can kiss, you can forget, downhill from here, uphill from here,
        you're looking at a, you're looking at an, you're looking at like, you're looking at about, you're looking at maybe, you're looking at another,
        we're looking at a, we're looking at another, are looking at a, is looking at a, are looking at another, is looking at another""",
    ),
    (
        Sign.FORESEE,
        """
        i predict, i'd predict, i would predict, we predict, predicts, predict that, predict a, my prediction, our prediction, prediction is, i forecast, we forecast,
        forecast that, forecasts a, analysts forecast, economists forecast, my forecast, our forecast, i foresee, foresees, we foresee, i expect, we expect, they expect, expects,
        expect that, expect to see, expect it to, expect them to, would expect, i'd expect, i anticipate, we anticipate, anticipates, project that, projects that, projected to,
        projections show, my guess is, my bet is, i bet, i'd bet, i'd guess, my money is on, my money's on, our money is on, my money says, our money says, the smart money says, we look for, we continue to look for, my expectation, our expectation, my estimate, our best estimate, best estimate is, estimates that,
        you can bet, i have a feeling, i've a feeling, i've got a feeling, i got a feeling, something tells me, my gut says, my gut tells me, mark my words, my hunch is, my hunch, my bet, i would bet, base case, our base case, my base case, consensus is, do not anticipate, don't anticipate, do not expect, don't expect, we are guiding, we're guiding, would be surprised, i'd be surprised, wouldn't be surprised, would not be surprised,
        would be amazed, i'd be amazed, would be shocked, i'd be shocked, would be astonished, i'd be astonished, would be stunned, i'd be stunned, would be disappointed if, i'd be disappointed if, wouldn't be shocked, won't be surprised,
        i'll put money on, put money on it, i'll bet, we'll bet, doubts that, i doubt that, i doubt, doubts whether, doubt whether, we are guiding to, we're guiding to, guiding to, guiding for, guidance is, our guidance, our outlook, we see a, our view is that, our view is, my honest guess, i promise that, i promise you, i pledge, i vow, i guarantee, i reckon, i'd wager, wager that, i envision, i envisage, what the future, i see a future, i can see a future""",
    ),
    (
        Sign.SOMEDAY,
        """
        sooner or later, eventually, some day, someday, one day, before long, in due course, before then, by that point, any day now, at long last, sees another, see another, for as long as i live, as long as i live, until i die, when i'm gone, first to go, in our lifetime, in our lifetimes, in my lifetime, within our lifetimes, within our lifetime, within my lifetime, in another generation, in a generation, by the time,
        in the coming years, the coming years, the coming decades, for years to come, for decades to come, for generations to come, years away, months away, decades away, weeks away,
        from now on, from here on, in the long run, never again, in the not too distant future, in the not that far future, in the near future, in the foreseeable future""",
    ),
    (
        Sign.AHEAD,
        """
        prediction, predictions, forecast, forecasts, predicting, forecasting, outlook is, the future is, the future of, see a world,
        in the future, in future, the future, future, ultimately, long run, long term, long-term, in the end, at some point, over time, down the road, down the line, soon, very soon,
        pretty soon, going forward, in the coming, in the short term, short term, near term, near-term, medium term, by then, in time, to come, ever again, no longer, not yet,
        ahead of us, ahead of them, ahead of him, ahead of her, in front of us, in front of them, next generation, for generations, for centuries, years from now, decades from now, this time, this time around, tomorrow, tonight""",
    ),
    (
        Sign.NEAR,
        """
        close to, quite close, very close, near to, nearing, approaching, in sight, within reach, in the offing, in store, on our doorstep, drawing to a close, coming to an end, winding down, on the verge of, on the brink of, around the corner, imminent, on track to,
        on track for, on course to, on course for, on the way to, on pace to, heading for, heading towards, heading toward, headed for, headed toward,
        headed towards, headed to, well on our way, at hand, is coming, are coming, coming soon, it's coming, is on its way, are on their way, is on the way, are on the way, on the horizon, looms, looming,
        it's happening, is happening whether, poised to, primed to, ready to, in the works, in the pipeline, not far off, not far away""",
    ),
    (
        Sign.SURE,
        """
        i'm telling you, i am telling you, believe me, trust me, like it or not, whether i like it or not, whether you like it or not, whether we like it or not, whether they like it or not, write it down, write that down, write this down, mark it down, take it to the bank, you heard it here, bet on it, doomed, guarantee, for sure, definitely, certainly, undoubtedly, no doubt,
        without a doubt, without question, surely, pretty sure, i'm sure, we're sure, absolutely, confident, screwed, toast, finished, no hope, hopeless, no way, no chance, there is no way, unavoidable,
        unstoppable, must happen, matter of when, only a question of time, always will, forever, never, certain to, sure to""",
    ),
    (
        Sign.LIKELY,
        """
        likely, most likely, more likely, very likely, probably, unlikely, improbable, chance, chances, good chance, odds, odds are, probability, risk of,
        presumably, in all likelihood, expectedly, perhaps, maybe, possibly, plausible, conceivable, impossible, hard to imagine, difficult to imagine,
        can't imagine, cannot imagine""",
    ),
    (Sign.MIGHT, "may, might, mightn't, may not, might not, may be, might be"),
    (Sign.COULD, "could, would, 'd, can, wouldn't, couldn't"),
    (
        Sign.CONSEQUENCE,
        """
        as soon as, otherwise, absent, in the absence of, if this continues, if that continues, at this rate, at this pace, at the current rate, at the current pace, if trends continue, if current trends, once it is, once it's, once they are, once they're, once we are, once we're, once that is, once that's, once this is, once we have, once it has, once they have, the moment we, the moment you,
        or else, leads to, lead to, leading to, will lead, that leads, result in, results in, it follows that, we end up, you end up with""",
    ),
    (
        Sign.TRIGGER,
        """
        if it's going to, if you're going to, if we're going to, if they're going to, if i'm going to, if he's going to, if there's going to, if it is going to,
        if you're not going to, if we're not going to, if you are going to, if we are going to, if they are going to, if it will, if it'll, if you'll, if we'll, if you will be,
        once, unless, until, when, then, the moment, means that, as long as, so long as, if""",
    ),
    (
        Sign.CHANGE,
        """
        exceed, exceeds, surpass, surpasses, overtake, overtakes, outpace, outnumber, replace, replaces, dominate, dominates, take over, takes over,
        become, becomes, survives, survive, pops, bursts, fizzles, crumbles, unravels, backfires, falls apart, fall apart, goes under, go under, comes due, come due, blows up, blow up, peters out, steps down, steps in, caves in, goes nowhere, go nowhere, outperforms, outperform, retires, expires, stabilises, stabilizes, recovers, evaporates, peaks, plateaus, stalls, soars, surges, rebounds, plunges, sinks, widens, narrows, softens, cools, slows, accelerates, deepens, worsens,
        matures, consolidates, splits, resigns, quits, backs down, gives in, passes, reverses, flips, swings, withers, fades, wanes, dwindles, multiplies, explodes, takes off, catches on, spreads, absorbs, displaces, eclipses, outgrows, outlives, outlasts, reshapes, upends,
        empties, empties out, empty out, thins out, doubles down, falls behind, moves, shifts, shuts down, gets swallowed, gets bought, gets sold, gets cut, gets killed, gets eaten, gets built, gets done, gets approved, gets banned, keeps rising, keeps falling, keeps climbing, keeps growing,
        keeps shrinking, keeps going, keeps getting, keeps coming, is finished, are finished, is gone, are gone, is dead, are dead, is history, are history, becomes obsolete, goes first, goes electric, goes digital, goes mainstream, goes extinct,
        goes dark, goes through the roof, go through the roof, goes off a cliff, sticks, flattens, creeps up, takes over, tips, tightens, thickens, gives way, makes way, pays off, comes home, comes in at, comes to light, sees off, wears off, bites, turns into, turn into, shuts, folds, merges, settles, catches up, catch up, breaks even, goes bankrupt, goes bust, goes public, lands, opens, starts, begins, closes, hits, returns, ends up, rolls out, goes live, goes away, go away, drops, drop, drifts, climbs, climb, slips, break, breaks, dries up, dry up, dies out, gets smaller, get smaller, gets bigger, get bigger,
        gets harder, get harder, gets easier, get easier, gets worse, gets better, gets expensive, get expensive, gets old, bottoms out, bottom out, tops out, levels off, transform, transforms, disrupt, double, triple, quadruple, tripling, doubling, grow, grows, rise, rises, fall, falls, decline,
        collapse, collapses, disappear, disappears, vanish, vanishes, emerge, emerges, shrinks, declines, doubles, triples, halves, halve, comes down, come down, goes up, goes down, win, wins, lose, loses, fail, fails, succeed, end, ends, die, dies, shrink, run out, runs out, everything changes,
        change everything, improve, improves, get better, get worse, get cheaper, cheaper, order of magnitude, orders of magnitude, times as many, times more,
        times larger, times bigger, shortage, shortages, recession, boom, breakthrough, launch, launches, ship, ships, arrive, arrives, solved, solve, cure,
        vast majority, more than all, than all, bigger than, better than, smarter than, less than""",
    ),
    (
        Sign.AIM,
        """
        plan to, plans to, planning to, supposed to, the plan is, intend to, intends to, aim to, aims to, aiming to, aiming for, target is, our target, our goal,
        the goal is, on schedule, hope to, hopes to, hoping to, hopefully, want to get to, we want to, commit to, committed to, promise, promises, pledge,
        pledges, vow, vows, determined to, business plan is, roadmap""",
    ),
    (
        Sign.OPINION,
        """
        i think, i do think, i believe, i don't think, i don't believe, i suspect, in my opinion, in my view, my view is, i would say, i'd say,
        i am convinced, i'm convinced, i am certain, i am confident, i feel like, i'm confident, i'm optimistic, i suppose, i'm pretty sure, seems to me, we think,
        we believe, i worry that, my fear is, my hope is, my sense is, my intuition""",
    ),
    (
        Sign.REPORTED,
        """
        thinks, believes, says, said that, claims, argues, predicts, warns, warned that, expects, suggests, maintains, insists, estimates, he's saying,
        saying that, according to, the belief that, points out, assuming, notes that, thinks that, says that, in his view, in her view, in their view""",
    ),
    (
        Sign.PAST,
        """
        they're like, he's like, she's like, everyone's like, everybody's like, i'm like, was like, were like,
        was, were, had, ate, drank, slept, managed, decided, happened, felt, saw, began, kept, left, met, brought, bought, sold, ran, wrote, spoke, heard, held, stood, paid, taught,
        caught, fought, sent, spent, drove, flew, chose, gave, showed, looked, called, announced, turned, learned, realized, realised, figured, did, said, went, told, asked, thought, tried, made, got, came, took, knew, wanted, used to, ago, back then, at the time,
        at that time, last year, last month, last week, last decade, last quarter, yesterday, previously, formerly, historically, in the past, past few, past two, past three, past year, past years, past decade, recent years,
        was going to, were going to, would later, did not, didn't, wasn't, weren't, hadn't, had been, has been, have been, 's been, 've been, 'd been, became, turned out,
        it took, earlier this year, earlier this month, ended up, started, built, created, found, won, lost, grew, fell, failed, predicted""",
    ),
    (
        Sign.UNREAL,
        """
        if i were, if we were, if they could,
        if he were, if she were, if it were, were to, imagine, imagine if, suppose, pretend, hypothetically, what if, say you, let's say,
        as if, wouldn't exist, would be if, you would be, i would be, it would be, that would be, they would be, which would be, would be the, i'd be, would be nice,
        would be great, would be better, would be wise, would love, would like, i'd like, i'd love, i'd rather, i'd prefer, would rather, would prefer, would like to see""",
    ),
    (
        Sign.ADVICE,
        """
        should, shouldn't, ought to, must, have to, has to, need to, needs to, you need, we need, recommend, i'd recommend, i would recommend, advise,
        please, let's, let us, try to, make sure, don't forget, be careful, beware, consider, had better, you want to, you don't want, you got to, got to,
        gotta, you'll need, you'll want, you'll have to, don't be, better to, the smart move, remember, important to, worth reading, encourage""",
    ),
    (
        Sign.READER,
        """
        you, you're, you'll, you will, you'd, you've, your, you can, you get, you have, you may, you might, you could, if you""",
    ),
    (
        Sign.LISTENER,
        """
        you will, you'll, you won't, you'll never, you're going to, you are going to, you're not going to, you're gonna, you would, you'd, you'll have,
        you'll be, you will be, you'll need, you'll want, you'll have to, you're about to""",
    ),
    (
        Sign.MYSELF,
        """
        i'll, i will, i won't, i'm going to, i am going to, i'm gonna, i'm not going to, i shall, i'm about to, i will not, i will never, i'll never, i'll be, i will be""",
    ),
    (
        Sign.UNKNOWN,
        """
        don't know what, don't know when, don't know whether, don't know if, don't know how, nobody knows, no one knows, who knows, i wonder, we wonder, i was wondering, makes me wonder, not sure what, not sure when,
        not sure whether, not sure if, not sure how, unclear, hard to predict, hard to say, impossible to predict, impossible to know, impossible to say, can't predict,
        cannot predict, time will tell, remains to be seen, see what happens, depends on whether, what's going to happen, what is going to happen,
        what will happen, what will, where will, how will, when will, who will, whether we will, whether it will, whether they will, to see what, wait and see, hard to know, i have no idea, no idea""",
    ),
    (
        Sign.PAGE,
        """
        this book, this guide, this post, this article, this section, this chapter, this essay, this episode, this podcast, this video, this interview, this talk, this conversation, as a postscript,
        postscript, next section, see below, discussed below, later section, later on this, later at, won't go into, will not go into, will not include,
        will include that, will discuss, i'll discuss, i'll explain, i'll come back, i will return, come back to that, i'm skipping, skip this, the next question,
        breaking this one down, let me explain, i'll tell you, i will say, i'll say, i'll show you, we'll talk about, we'll get to, we'll come to, get into that, next slide, turn the call, hand it over, hand over to, walk you through, question and answer session, get back to you, next letter, next issue, after the break, when we come back, caller number, put it in the minutes, in the minutes, show notes, the notes, put the link, the link, listen-only mode, opportunity to ask, forward-looking statements, this call, today's call, today's discussion, today's remarks, webcast, listen to this, press release, a replay, on our website, next question, back to you in a moment, be right back, back to that later,
        i'll be covering, in what follows, read on, look this up, look it up""",
    ),
    (
        Sign.ADVERT,
        """
        sponsor, sponsors, brought to you by, sign up, subscribe, promo code, discount, free trial, special savings, check them out, check out, link in the description,
        in the description, email address, will not be published, required fields, leave a comment, all rights reserved, terms of service, privacy policy, cookie,
        cookies, newsletter, unsubscribe, follow us, like and subscribe, money back, free shipping, off any, slash, dot com, thank you for listening,
        thanks for listening, thank you so much for, join us, see you next time, stay tuned, support this podcast, trial period, your order, add to cart, log in""",
    ),
    (
        Sign.HABIT,
        """
        often, usually, always, sometimes, typically, generally, normally, tend to, tends to, whenever, every time, each time, on average, every day, every morning, every evening, every night, every week, every month, every year, every summer, every winter, most of the time, from time to time,
        continues to, keeps, like when, these days, once in a while, occasionally, people will say, will often, will sometimes, will always, will usually, always has been""",
    ),
    (
        Sign.DEFINITION,
        """
        means, is called, are called, defined as, refers to, that is to say, in other words, by definition, known as, is when, would be a, would be all, approach would be,
        is basically, is essentially, is the process, one of the, the definition of""",
    ),
    (
        Sign.WISH,
        "i wish, i hope, we hope, let's hope, hope so, hope not, hoping that, if only, fingers crossed, i want, i don't want, i'd love, wants, want, would be nice",
    ),
    (
        Sign.PERSONAL,
        """
        i'll take, i'll give, i'll try, i'll do my best, i'll just, i'll never forget, will never forget, shall not forget, shall never forget, will not forget, won't forget, i'll admit, i'll add, i'll leave, i'll start, i'll go, i'll let, i'll survive, i will survive, i'll ask, i'll take that, we'll shake, we'll get back, i'd sleep,
        i will admit, i'm going to ask, i'm going to say, i'm going to start, i'm going to read, i'm gonna ask, let me, thank you, welcome, congratulations, nice to, great to have you,
        i'm going to go, i'm going to be honest, i'm going to try, i love, i like, i prefer, i remember, i mean it""",
    ),
    (
        Sign.PLAYED,
        "oops, oh wait, be like oh, be like ah, be like hey, be like wow, being like, going to be like, gonna be like, 'd be like, i'm like, he's like, she's like, they're like, hey, whoa, haha",
    ),
    (Sign.SOMEBODY, "me, him, her, them, us all"),
    (
        Sign.NOTHING,
        """
        before going to, of going to, about going to, by going to, from going to, after going to, see going to, than going to, when going to, without going to,
        like going to, for going to, start going to, keep going to, stop going to,
        free will, at will, good will, goodwill, ill will, will power, willpower, last will, against his will, against their will, will of the people, future perfect,
        a lot more, so far, as far as, in question, years old, long time, may i, can i, could you, would you, can you, will you, if you will, in fact,
        might as well, would-be, month of may, in may, they would say that, he would say that, she would say that, would be fair, to be fair, to be clear, to be honest, you know, thank god, sort of, kind of,
        of course, like that, more or less, now and then, then again, no matter, end of the day, at the end of the day, in terms of, in the end of, never mind,
        even if, as if by, once again, at once, once more, once upon a time, once in a while, all at once, even when, what happened when, rather than, other than""",
    ),
)
