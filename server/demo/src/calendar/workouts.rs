//! Texts of planned workouts, by sport and purpose.
use crate::season::{Session, Sport};

/// A planned workout: its text, and time and load for texts without steps.
#[derive(Clone, Copy, Debug)]
pub struct PlannedWorkout {
    /// Title.
    pub name: &'static str,
    /// Workout text.
    pub text: &'static str,
    /// Planned time in seconds.
    pub secs: u32,
    /// Training load.
    pub load: u32,
}

/// The planned workout for a sport and purpose.
pub fn workout(sport: Sport, session: Session) -> PlannedWorkout {
    let of = |name, text, minutes: u32, load| PlannedWorkout { name, text, secs: minutes * 60, load };
    match (sport, session) {
        (Sport::WeightTraining, _) => {
            of("Gym: squats and core", "3 rounds: squats, deadlifts, planks. Light weights.", 45, 0)
        }
        (Sport::Swim, Session::Threshold) => of(
            "CSS 10 x 100",
            "Warmup\n- 400mtr 75% Pace\n\n10x\n- 100mtr 98-100% Pace\n- 20s intensity=rest\n\nCooldown\n- 200mtr 70% Pace",
            44,
            48,
        ),
        (Sport::Swim, _) => of("Endurance swim", "- 2000mtr 80-85% Pace", 40, 38),
        (sport, Session::Threshold | Session::Vo2 | Session::Race) if sport.is_run() => of(
            "Cruise intervals 5 x 5 min",
            "Warmup\n- 15m 70-78% Pace\n\n5x\n- 5m 100-102% Pace\n- 90s 65% Pace\n\nCooldown\n- 10m 70% Pace",
            57,
            66,
        ),
        (sport, Session::Tempo) if sport.is_run() => of(
            "Tempo run 2 x 15 min",
            "- 12m 75% Pace\n\n2x\n- 15m 92-94% Pace\n- 3m 70% Pace\n\n- 8m 72% Pace",
            56,
            60,
        ),
        (sport, Session::Recovery) if sport.is_run() => of("Easy run", "- 35m Z1 HR", 35, 25),
        (sport, _) if sport.is_run() => of("Endurance run", "- 50m Z2 HR", 50, 45),
        (Sport::Hike, _) => of("Hike", "A walk in the hills.", 120, 0),
        (_, Session::Vo2) => of(
            "VO2max 5 x 3 min",
            "Warmup\n- 15m ramp 50-75%\n\n5x\n- 3m 115-118%\n- 3m 48%\n\nCooldown\n- 15m 50%",
            60,
            68,
        ),
        (_, Session::Threshold | Session::Race) => of(
            "Threshold 4 x 8 min",
            "Warmup\n- 15m ramp 50-75%\n\n4x\n- 8m 98-102% 90rpm\n- 3m 52%\n\nCooldown\n- 15m 50%",
            74,
            84,
        ),
        (_, Session::Tempo) => of(
            "Tempo 2 x 20 min",
            "Warmup\n- 12m ramp 50-70%\n\n2x\n- 20m 86-90% 85rpm\n- 5m 55%\n\nCooldown\n- 6m 50%",
            68,
            66,
        ),
        (_, Session::Recovery) => of("Recovery spin", "- 40m 50%", 40, 17),
        _ => of("Endurance ride", "- 10m 55%\n- 1h40m 65-72%\n- 10m 50%", 120, 90),
    }
}
