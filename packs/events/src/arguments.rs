//! The arguments that creating and changing an event share. Those whose name says all have no words of their own, which would
//! cost at every listing.

/// A struct of arguments: its own fields, then those of every event. `draft` turns them into a draft.
macro_rules! event_arguments {
    ($name:ident, $text:literal { $($own:tt)* }) => {
        #[derive(Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        struct $name {
            $($own)*
            #[doc = $text]
            #[schemars(example = &"- 10m 60%\n\n4x\n- 8m 95%\n- 4m 50%\n\n- 10m 50%")]
            description: Option<String>,
            /// Such as Ride.
            #[serde(alias = "type", alias = "sport")]
            #[schemars(example = &"Ride")]
            event_type: Option<String>,
            #[serde(alias = "moving_time")]
            #[schemars(example = 4080)]
            duration_seconds: Option<i64>,
            #[serde(alias = "distance")]
            #[schemars(example = 30_000.0)]
            distance_meters: Option<f64>,
            #[serde(alias = "icu_training_load")]
            #[schemars(example = 70)]
            training_load: Option<i64>,
            /// Last day.
            #[schemars(example = &"2026-07-12")]
            end_date: Option<LocalTime>,
            /// Of a TARGET; time s, distance m.
            #[schemars(example = 400)]
            load_target: Option<i64>,
            #[schemars(example = 36_000)]
            time_target: Option<i64>,
            #[schemars(example = 200_000.0)]
            distance_target: Option<f64>,
            /// NORMAL, LIMITED, UNAVAILABLE.
            #[schemars(example = &"NORMAL")]
            training_availability: Option<String>,
            #[schemars(example = ["key"])]
            tags: Option<Tags>,
            #[schemars(example = &"green")]
            color: Option<String>,
            #[schemars(example = false)]
            show_as_note: Option<bool>,
            #[schemars(example = false)]
            not_on_fitness_chart: Option<bool>,
            #[schemars(example = false)]
            show_on_ctl_line: Option<bool>,
            #[schemars(example = false)]
            hide_from_athlete: Option<bool>,
            #[schemars(example = false)]
            athlete_cannot_edit: Option<bool>,
            /// The service's own, exclusive.
            #[schemars(extend("hidden" = true), example = &"2026-07-13T00:00:00")]
            end_date_local: Option<LocalTime>,
            #[schemars(extend("hidden" = true), example = false)]
            indoor: Option<bool>,
            #[schemars(extend("hidden" = true), example = false)]
            for_week: Option<bool>,
            #[schemars(extend("hidden" = true), example = &"POWER")]
            target: Option<String>,
            #[schemars(extend("hidden" = true), example = &"NONE")]
            sub_type: Option<String>,
            #[schemars(extend("hidden" = true), example = 60)]
            carbs_per_hour: Option<Number>,
            #[schemars(extend("hidden" = true), example = 3600)]
            max_training_time: Option<Number>,
            #[schemars(extend("hidden" = true), example = ["Run"])]
            can_train_sports: Option<Words>,
        }

        impl $name {
            fn draft(self) -> Draft {
                let number = |value: Option<i64>| value.map(|value| Number(value as f64));
                Draft {
                    description: self.description,
                    event_type: self.event_type,
                    duration_seconds: number(self.duration_seconds),
                    distance_meters: self.distance_meters.map(Number),
                    training_load: number(self.training_load),
                    end_date: self.end_date,
                    end_date_local: self.end_date_local,
                    load_target: number(self.load_target),
                    time_target: number(self.time_target),
                    distance_target: self.distance_target.map(Number),
                    training_availability: self.training_availability,
                    tags: self.tags,
                    color: self.color,
                    show_as_note: self.show_as_note,
                    not_on_fitness_chart: self.not_on_fitness_chart,
                    show_on_ctl_line: self.show_on_ctl_line,
                    hide_from_athlete: self.hide_from_athlete,
                    athlete_cannot_edit: self.athlete_cannot_edit,
                    indoor: self.indoor,
                    for_week: self.for_week,
                    target: self.target,
                    sub_type: self.sub_type,
                    carbs_per_hour: self.carbs_per_hour,
                    max_training_time: self.max_training_time,
                    can_train_sports: self.can_train_sports,
                    ..Draft::default()
                }
            }
        }
    };
}

pub(crate) use event_arguments;
