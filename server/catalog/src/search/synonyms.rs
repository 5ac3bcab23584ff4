//! Synonyms: phrases of athletes and coaches, and the catalogue's words for them. They are facts of the sport, not of
//! single tools.

/// Phrases, separated by commas, and the words that they can stand for. `#` is any number, so `#x#` is 4x8; `…` is a gap
/// of a few words.
pub const SYNONYMS: &[(&str, &str)] = &[
    // What was done.
    (
        "ride, rode, jog, swim, swam, hike, walk, ski, row, spin, outing, commute, trained, exercise, recording, \
         upload, crit, parkrun, yoga, gym",
        "activity",
    ),
    ("session, practice, workout session", "workout event activity"),
    ("workout", "event activity"),
    (
        "long run, easy run, tempo run, tempo ride, easy ride, easy spin, long ride, recovery run, recovery ride, \
         endurance ride, club ride, group ride",
        "activity event workout",
    ),
    (
        "bike workout, bike session, bike ride, ride workout, run workout, run session, swim workout, swim \
         session, swim set, gym session, strength session, key session, interval session, threshold session, \
         threshold run, threshold workout",
        "workout event activity",
    ),
    ("latest, lately, newest, last #, past #, most recent, these days", "recent last"),
    ("everything about, all about, in depth", "detail full"),
    ("complete, completely, entire, entirely, in full", "full whole"),
    ("summarise, summarize, overview, recap, summary, headline", "summary"),
    (
        "by hand, manually, without a watch, without my watch, without watch, without a file, forgot my watch, \
         forgot to record, no recording, not recorded, unrecorded",
        "manual",
    ),
    ("before and after, before, after, surrounding, around it, days around", "around neighbours"),
    ("each other, against each other, versus, vs, side by side, next to each other, difference, contrast", "compare"),
    ("hashtag, label, category, keyword", "tag"),
    ("title, called, named, words", "name"),
    // Inside an activity.
    (
        "lap, rep, repetition, effort, set, bout, #x#, #x#m, #x#k, #x#km, #x#min, #x#s, #x#h, split time, lap \
         time, each rep",
        "interval",
    ),
    ("# minute repeat, # min repeat, #min repeat, #x#m repeat, hill repeat, km repeat, mile repeat", "interval"),
    ("effort of, efforts of, repeats of, intervals of, at least # effort, sets of", "search interval reps"),
    (
        "plot, graph, trace, course, over time, second by second, power data, heart rate data, gps data, speed \
         data, cadence data, raw data, time series, throughout, drift, develop, evolve, samples, telemetry",
        "series streams",
    ),
    ("cadence, altitude, elevation, velocity, temperature", "streams"),
    ("speed", "streams pace"),
    ("spike, dropout, sensor, strap, bad data, wrong data, power meter", "streams recorded"),
    (
        "distribution, distribute, breakdown, break … down, break down, broken down, how long, how much time, how \
         many minutes, time spent, time in zone, bins, buckets, minutes above, spend",
        "histogram time",
    ),
    ("breakdown, break … down, break down, broken down", "interval"),
    ("above, below, faster than, slower than, in what range, range of", "histogram"),
    ("pulse, beat, bpm, heartbeat, heart rate, heartrate, hr, cardio", "hr"),
    ("watt, wattage, #w", "power"),
    ("per km, per mile, per kilometre, per kilometer, min/km, #:#, #:#/km, #:#/mi, tempo", "pace"),
    ("grade adjusted, gradient adjusted, hill corrected, hill adjusted, gradient, uphill, fell, trail", "gap gradient"),
    ("grade adjusted pace, gradient adjusted pace, hill corrected pace, hill adjusted pace, adjusted pace", "gap"),
    (
        "climb, segment, section, stretch, minute # to #, between #, first half, second half, last hour, final \
         hour, last half hour, final half hour, last # minute, first # minute, final # minute, final #",
        "stretch stats interval",
    ),
    (
        "normalized power, normalised power, weighted average power, average power, average heart rate, average \
         watts",
        "power stats detail",
    ),
    ("efficiency, aerobic decoupling, cardiac drift, aerobic efficiency", "decoupling efficiency"),
    // Bests.
    (
        "record, pr, pb, personal best, personal record, season best, fast, fastest, strong, strongest, high, \
         highest, max, maximum, peak, hardest, quickest, top",
        "best",
    ),
    ("curve, progress, improve, improvement, stronger, faster, quicker, all time, ever", "curves best"),
    (
        "fitness curve, form curve, fatigue curve, fitness trend, form trend, fitness line, performance \
         management, pmc",
        "fitness chart series",
    ),
    ("ftp, eftp, cp", "power threshold ftp"),
    ("#k, half marathon, marathon, mile time", "pace distance"),
    ("critical speed, cs, d prime, critical pace", "critical pace curves"),
    ("w/kg, watts per kilo, power to weight, power profile, sprint power, sprint watts", "power curves"),
    ("max heart rate, highest heart rate, best heart rate", "hr best curves"),
    ("sprint, # minute power, # min power, # second power, over # minutes", "power best"),
    // Fitness.
    ("ctl, shape, fit, fitter", "fitness"),
    ("atl, tired, exhausted, weary, worn down", "fatigue"),
    ("tsb, fresh, freshness, rested, ready, readiness, shape today", "form"),
    ("overtrain, overreach, overdo, overload, burnout, too hard, too much", "fatigue form ramp"),
    ("getting fitter, losing fitness, detrained, should i rest, need rest, take it easy", "form fitness fatigue"),
    ("tss, training load, stress score", "load fitness"),
    ("predict, forecast, project, will be, race day", "projected"),
    // Wellness.
    (
        "slept, sleep, nap, hrv, mood, stress, sore, soreness, felt, feel, sick, ill, recovery, recover, \
         hydration, blood pressure, body fat, menstrual, spo#, health, calories, carbs, nutrition, lactate, \
         glucose, oxygen, tiredness, motivation",
        "wellness",
    ),
    ("vo#max, vo#", "wellness"),
    ("resting heart rate, resting hr, resting pulse, morning pulse, heart rate variability", "wellness"),
    ("weigh, weight, kg, kilo, pound, lbs, scale", "weight wellness"),
    // Settings.
    ("threshold", "thresholds"),
    (
        "lthr, fthr, anaerobic threshold, lactate threshold, threshold heart rate, threshold pace, lt#, lab test, \
         threshold test",
        "thresholds settings",
    ),
    ("zone, heart rate zone, power zone, pace zone, hr zone, training zone, zone #, z#", "zones settings"),
    (
        "recalculate, recompute, reprocess, retroactively, old rides, old activities, past rides, past runs, \
         earlier rides, earlier runs, earlier workouts, past workouts, past activities, already recorded",
        "past apply settings",
    ),
    (
        "who am i, logged in, account, time zone, timezone, units, miles, metric, imperial, birthday, about me, \
         know about me, as an athlete",
        "profile",
    ),
    // Calendar.
    ("schedule, agenda, diary, scheduled, planned, planner, prescribed, assigned", "calendar event planned"),
    ("next, upcoming, coming, supposed, ahead, up next", "upcoming planned next"),
    ("next race, upcoming race, upcoming event, next event, coming race", "calendar event race"),
    ("competition, championship, triathlon, appointment, day off, rest day, camp", "race event"),
    (
        "as planned, as prescribed, as scheduled, what was planned, what was scheduled, was prescribed, \
         compliance, adherence, stick to, stuck to, off the plan, off plan, miss, missed, skipped, execute, \
         executed, nailed",
        "planned compare done",
    ),
    (
        "season, phase, block, periodisation, periodization, macrocycle, mesocycle, taper, recovery week, rest \
         week, deload, deload week, build week, base week, peak week, big picture, my year, year plan, season \
         plan, annual plan",
        "season annual phases",
    ),
    ("explain, step by step, structure, look like, instructions, steps", "full steps"),
    (
        "several, all the, all these, all of them, these #, many, list of, in one go, at once, # workout, # \
         session, # activity, # event, # set, batch, everything planned",
        "bulk several",
    ),
    // Library.
    (
        "template, saved, saved workout, favourite, favorite, for later, reuse, use it again, ramp test, fitness \
         test",
        "library workout",
    ),
    ("plan, training plan, programme, program, marathon plan, race plan", "plan folder"),
    ("collection, directory", "folder library"),
    ("zwift, zwo, erg, mrc, garmin, wahoo, watch, bike computer, smart trainer, rouvy", "trainer device watch file"),
    ("route, track, gps, map, where exactly, coordinates", "gpx track"),
    (
        "raw, untouched, exactly as recorded, as recorded, as uploaded, original file, head unit, source file",
        "original uploaded",
    ),
    // Gear.
    (
        "shoe, bike, bicycle, chain, tyre, tire, wheel, wheelset, cassette, brake, saddle, helmet, equipment, kit, \
         component, trainers, frame, pedal, sneakers",
        "gear",
    ),
    ("worn, worn out, wear, mileage, odometer, how far have, how many km, how many miles", "gear list"),
    ("wax, lube, service, maintain, warn, alert, notify, counter, due, remind, brake pad", "reminder maintenance"),
    // People and words.
    ("coach, client, trainee, pupil, squad, people, have access to, team", "athletes coached"),
    (
        "message, note, reply, kudos, write, wrote, say, said, feedback, well done, great job, good job, \
         congratulate, anybody, anyone",
        "comments message",
    ),
    // Own things.
    ("own, my own, myself, i made, self made, made myself, personal, homemade", "custom own"),
    ("dashboard, chart, field, script", "custom item"),
    // Looking for things.
    (
        "when did i last, where is, look … up, look up, look for, looking for, locate, which rides, which runs, \
         which activities, which workouts",
        "find search",
    ),
    ("everywhere, wherever, anywhere, anything about, something about, all my data, mention", "search"),
    ("search result, result, you found, just found", "fetch found"),
];

/// Hints: words, mostly times and days, that make some tools only a little more likely. The word itself has the weight of
/// a hint too.
pub const HINTS: &[(&str, &str)] = &[
    ("from # to #", "stretch range"),
    ("how was, how did, how went", "detail full"),
    ("threshold", "settings"),
    ("yesterday, this morning, last night, did, today's, earlier", "activity recent"),
    ("how much, how many, how far, how often", "range recent activity"),
    ("run, ran", "activity pace"),
    ("rowing, skiing, running, cycling, swimming, discipline", "sport"),
    ("race", "event activity"),
    ("training", "activity workout plan"),
    ("data, numbers", "streams"),
    ("test", "library workout"),
    ("hill", "gradient"),
    ("around, again, each, other, same, new", "add"),
    ("analyse, analyze, analysis, review, information, info, stats, statistics, metrics", "detail full"),
    ("this season, last season, this year, last year, since last year", "curves season range"),
    ("tomorrow, tonight", "planned event upcoming"),
    ("next week, next month, coming week, coming days, week ahead, next few days", "calendar event upcoming planned"),
    ("monday, tuesday, wednesday, thursday, friday, saturday, sunday, weekend", "event calendar day"),
    (
        "on monday, on tuesday, on wednesday, on thursday, on friday, on saturday, on sunday, that day, on #",
        "day date event",
    ),
    (
        "# january, # february, # march, # april, # may, # june, # july, # august, # september, # october, # \
         november, # december",
        "day date",
    ),
    (
        "january, february, march, april, may, june, july, august, september, october, november, december, \
         between, since, until",
        "range days date",
    ),
    ("past # day, past # week, last # day, last # week", "recent days range trends"),
    ("last # month, past # month, last month, this month, month", "range trends"),
    ("this week, last week, week", "range days recent trends"),
    ("year, last, past", "range"),
    ("trend, going up, going down, gone up, gone down", "trends"),
    ("hour, minute, second, day, time, long, short, half", "duration"),
    ("today, now", "today day"),
    ("km, mile, kilometre, kilometer, distance, far", "distance pace"),
    ("list, all, every, everything, which", "list range"),
];

/// Phrases that ask for a change.
pub const ACTIONS: &[(&str, &str)] = &[
    (
        "remove, delete, bin, cancel, erase, drop, discard, scrap, trash, ditch, kill, clean up, get rid, throw … \
         away, throw … out, take … off, take … out, kick … out, cross … off, call … off, dont need, no longer \
         need, any more, any longer, dont want, can go, skip",
        "delete",
    ),
    ("clear, wipe", "delete"),
    (
        "clear my, clear the, clear all, wipe my, wipe the, wipe everything, cancel everything, cancel all, delete \
         all, remove all",
        "bulk delete",
    ),
    (
        "add, put, save, store, keep, log, enter, insert, import, register, record, schedule, write, design, \
         prescribe, draft, generate, make, create, build, prepare, pencil … in, book, bought, got a, set … up, set \
         up, configure, start, started, begin, need a, want a, post",
        "create add",
    ),
    (
        "change, edit, alter, modify, update, rename, set, correct, adjust, amend, revise, flag, tweak, raise, \
         lower, bump, increase, decrease, reduce, make it, let, give my, is now, is # now, now #, should be, turn \
         into",
        "update change",
    ),
    (
        "move, shift, reschedule, postpone, bring … forward, push … back, put … off, swap, lengthen, shorten, \
         extend, longer, shorter",
        "update change",
    ),
    ("fix, replace, repair, corrected, overwrite", "replace update"),
    ("call the, label the", "rename edit"),
    ("renew, replaced, reset, serviced, waxed, lubed, from zero", "reset reminder"),
    ("retire, archive, sold, wore … out, put … away", "retire gear"),
    ("snooze, mute, silence, later", "snooze"),
    ("remind, warn, tell me when, let me know when, alert me", "remind create reminder"),
    ("stop, stop reminding", "delete"),
    ("copy, repeat, duplicate, clone, replicate, same workouts, same sessions, same again", "copy duplicate"),
    ("hide, lock, unlock, dont let, invisible, visible, conceal", "hide lock access"),
    ("push, sync, synchronise, synchronize, refresh, bring … over", "push changes apply"),
    ("apply, follow, load, start the, roll out", "apply plan"),
    ("put … calendar, add … calendar, onto my calendar, load … calendar", "create event apply"),
    (
        "tick … off, check … off, tick off, check off, completed, finished, mark as done, done, mark it, just mark",
        "done mark",
    ),
    ("comment, leave a comment, tell my athlete", "comment add"),
    ("write … down, write down, jot, keep in mind, remember, my notes, notes on", "athlete notes update"),
    ("weighed, i weighed, i slept, i felt, i feel, note that", "update wellness"),
    ("split", "split edit"),
    ("merge, join, trim, crop", "edit"),
    ("want to track, keep track, track my", "custom field create"),
    ("mark", "mark update"),
];

/// First words of a question that asks for no change.
pub const QUESTION_WORDS: &str = "\
    what whats which how hows when where who whos whose why is am are was were do does did has have had any \
    show list find search explain compare plot draw look will get read analyse analyze analysis review \
    summarise summarize describe check see display fetch export download";
