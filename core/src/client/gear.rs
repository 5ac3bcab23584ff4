//! Gear: bikes, shoes and their parts, with maintenance reminders.
