"""From a dropped file to figures: intake, schedule, snapshots and queries."""
