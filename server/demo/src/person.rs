//! The two athletes: identity, thresholds and zones.
use crate::{ATHLETE, COACHED, COACHED_KEY, KEY, ZONE};

/// An athlete, from whom training and measurements are generated.
#[derive(Debug)]
pub struct Person {
    /// Athlete id.
    pub id: &'static str,
    /// Personal API key.
    pub key: &'static str,
    /// OAuth token, if the athlete has one.
    pub token: Option<&'static str>,
    /// Id of the athlete that coaches this one.
    pub coach: Option<&'static str>,
    /// First and last name.
    pub name: (&'static str, &'static str),
    /// Sex, F or M.
    pub sex: &'static str,
    /// Date of birth, ISO.
    pub born: &'static str,
    /// City, state, country.
    pub home: (&'static str, &'static str, &'static str),
    /// Latitude and longitude where activities start.
    pub place: (f64, f64),
    /// IANA time zone.
    pub zone: &'static str,
    /// Whether the athlete uses miles, pounds and Fahrenheit.
    pub imperial: bool,
    /// Seed of the random numbers.
    pub seed: u64,
    /// Today's functional threshold power (FTP) in watts.
    pub ftp: u32,
    /// Today's FTP indoors in watts.
    pub indoor_ftp: u32,
    /// W' in joules.
    pub w_prime: u32,
    /// Maximum power (pMax) in watts.
    pub p_max: u32,
    /// Threshold heart rate (LTHR) in bpm.
    pub lthr: u32,
    /// Maximum heart rate in bpm.
    pub max_hr: u32,
    /// Resting heart rate in bpm.
    pub resting_hr: u32,
    /// Mean weight in kg.
    pub weight: f64,
    /// Threshold speed of runs in m/s.
    pub run_speed: f64,
    /// Threshold speed of swims in m/s.
    pub swim_speed: f64,
}

impl Person {
    /// FTP this many days ago. It grew over the years and follows the season in steps of four weeks.
    pub fn ftp_on(&self, days_back: i32, indoors: bool) -> u32 {
        let days = f64::from(days_back.max(0) / 28 * 28);
        let season = (1.0 - (days / 365.0 * std::f64::consts::TAU).cos()) * 7.0;
        let lost = (days / 365.0 * 5.0).min(60.0) + season;
        let best = if indoors { self.indoor_ftp } else { self.ftp };
        (f64::from(best) - lost).round().max(80.0) as u32
    }

    /// Heart rate at a fraction of threshold power or speed.
    pub fn heart_rate(&self, level: f64) -> f64 {
        (f64::from(self.lthr) * (0.52 + 0.48 * level.max(0.45))).min(f64::from(self.max_hr) - 2.0)
    }

    /// Upper bounds of the heart rate zones in bpm.
    pub fn hr_zones(&self) -> [u32; 7] {
        let share = |percent: u32| self.lthr * percent / 100;
        [share(81), share(89), share(93), share(99), share(102), share(106), self.max_hr]
    }
}

/// Upper bounds of the power zones in percent of threshold power.
pub const POWER_ZONES: [u32; 7] = [55, 75, 90, 105, 120, 150, 999];
/// Upper bounds of the pace zones in percent of threshold speed.
pub const PACE_ZONES: [f64; 7] = [77.5, 87.7, 94.3, 100.0, 103.4, 111.5, 999.0];

/// All athletes of the demo.
pub static PEOPLE: [Person; 2] = [
    Person {
        id: ATHLETE,
        key: KEY,
        token: Some("demo-token"),
        coach: None,
        name: ("Alex", "Rivers"),
        sex: "M",
        born: "1988-03-14",
        home: ("Auckland", "Auckland", "New Zealand"),
        place: (-36.8812, 174.7105),
        zone: ZONE,
        imperial: false,
        seed: 0x0a1e_5001,
        ftp: 265,
        indoor_ftp: 256,
        w_prime: 19_800,
        p_max: 940,
        lthr: 165,
        max_hr: 186,
        resting_hr: 48,
        weight: 70.2,
        run_speed: 4.0,
        swim_speed: 1.25,
    },
    Person {
        id: COACHED,
        key: COACHED_KEY,
        token: None,
        coach: Some(ATHLETE),
        name: ("Sam", "Brook"),
        sex: "F",
        born: "1994-11-02",
        home: ("Boulder", "Colorado", "United States"),
        place: (40.0176, -105.2797),
        zone: "America/Denver",
        imperial: true,
        seed: 0x5a3b_7002,
        ftp: 212,
        indoor_ftp: 205,
        w_prime: 14_200,
        p_max: 720,
        lthr: 172,
        max_hr: 193,
        resting_hr: 53,
        weight: 61.0,
        run_speed: 3.6,
        swim_speed: 1.1,
    },
];
