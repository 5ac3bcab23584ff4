//! Numbers of a generated activity: measured by sensors, or entered by hand.
use super::{Activity, Heart, Power, perceived_load};
use crate::{
    intensity,
    person::Person,
    random::{Random, round},
    season::{Origin, Planned, Session, Sport},
};

impl Activity {
    /// Generates an activity from the plan of a season.
    pub fn trained(person: &Person, planned: &Planned, id: String, days_back: i32) -> Self {
        let seed = id.bytes().fold(person.seed, |seed, byte| seed.wrapping_mul(0x100_0000_01b3) ^ u64::from(byte));
        let mut random = Random::new(seed, 2);
        let Planned { start, sport, session, origin, commute, .. } = *planned;
        let name = planned.name.unwrap_or_else(|| usual_name(sport, session, &mut random));
        let blank = Self::blank(id, start);
        let complete = planned.id.is_some();
        let secs = planned.secs;
        let mut activity = Self {
            sport,
            session,
            origin,
            seed,
            name,
            moving_time: secs,
            elapsed_time: secs,
            commute,
            complete,
            ..blank
        };
        match origin {
            Origin::Strava => {}
            Origin::Manual => activity.estimate(&mut random),
            _ => activity.measure(person, days_back, &mut random),
        }
        activity
    }

    /// Sets what an athlete enters by hand.
    fn estimate(&mut self, random: &mut Random) {
        self.distance = Some(f64::from(self.moving_time / 600 * 800));
        self.climb = Some(random.whole(140, 260));
        self.rpe = Some(3);
        self.load = Some(perceived_load(f64::from(self.moving_time), 3.0));
    }

    /// Sets what sensors measure.
    fn measure(&mut self, person: &Person, days_back: i32, random: &mut Random) {
        let steps = self.steps();
        let (mean, weighted) = (intensity::mean(&steps, |level| level), intensity::weighted(&steps));
        let beats = intensity::mean(&steps, |level| person.heart_rate(level)) + 1.5 * random.bell();
        let hardest = steps.iter().map(|step| step.level).fold(0.0, f64::max);
        let average = beats.round().max(60.0) as u32;
        let max = (person.heart_rate(hardest).round() as u32 + random.whole(1, 4)).clamp(average + 4, person.max_hr);
        self.heart = Some(Heart { average, max });
        self.rpe =
            (self.complete || random.chance(0.9)).then(|| (weighted * 10.0 - 2.2).round().clamp(1.0, 10.0) as u32);
        if self.sport.has_power() {
            let ftp = person.ftp_on(days_back, self.sport == Sport::VirtualRide);
            let watts = |level: f64| (level * f64::from(ftp)).round() as u32;
            let power = Power { average: watts(mean), weighted: watts(weighted), ftp };
            self.power = Some(power);
            let speed = 8.4 * (f64::from(power.average) / 190.0).powf(0.42) * random.between(0.95, 1.05);
            self.cover(speed);
            let hilly = if self.sport == Sport::GravelRide { 16.0 } else { random.between(6.0, 12.0) };
            self.climb = self.distance.map(|metres| (metres / 1000.0 * hilly).round() as u32);
        } else if self.sport.is_run() {
            self.cover(mean * person.run_speed);
            let hilly = if self.sport == Sport::TrailRun { 24.0 } else { random.between(3.0, 9.0) };
            self.climb = self.distance.map(|metres| (metres / 1000.0 * hilly).round() as u32);
        } else if self.sport == Sport::Swim {
            let lengths = (mean * person.swim_speed * f64::from(self.moving_time) / 25.0).round();
            self.distance = Some(lengths * 25.0);
        }
        if self.sport != Sport::Swim && self.sport != Sport::VirtualRide {
            self.elapsed_time += random.whole(20, 400);
        }
        let loads = self.loads(person);
        self.load = loads.power.or(loads.pace).or(loads.heart);
        if self.session == Session::Strength && !self.complete && random.chance(0.2) {
            self.load = None;
        }
    }

    fn cover(&mut self, speed: f64) {
        self.distance = Some(round(speed * f64::from(self.moving_time), 2));
    }
}

fn usual_name(sport: Sport, session: Session, random: &mut Random) -> &'static str {
    match (sport, session) {
        (Sport::Swim, Session::Threshold) => "CSS 10 x 100",
        (Sport::Swim, _) => random.pick(&["Endurance swim", "Pool swim", "Technique and pull"]),
        (Sport::WeightTraining, _) => random.pick(&["Gym", "Gym: squats and core", "Strength, lower body"]),
        (Sport::TrailRun, _) => random.pick(&["Bush track", "Trail run"]),
        (Sport::GravelRide, _) => random.pick(&["Gravel loop", "Back roads"]),
        (sport, Session::Race) if sport.is_run() => "Half marathon",
        (_, Session::Race) => "Gran fondo",
        (sport, Session::Threshold) if sport.is_run() => "Cruise intervals 5 x 5 min",
        (_, Session::Threshold) => "Threshold 4 x 8 min",
        (_, Session::Vo2) => "VO2max 5 x 3 min",
        (sport, Session::Tempo) if sport.is_run() => "Tempo run 2 x 15 min",
        (_, Session::Tempo) => "Tempo 2 x 20 min",
        (sport, Session::Recovery) if sport.is_run() => "Easy run",
        (_, Session::Recovery) => "Recovery spin",
        (sport, _) if sport.is_run() => random.pick(&["Morning run", "Steady run", "Long run"]),
        (Sport::VirtualRide, _) => "Zwift endurance",
        _ => random.pick(&["Endurance ride", "Long ride", "Coffee ride", "Waitākere loop"]),
    }
}
