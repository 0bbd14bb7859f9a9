CREATE TABLE `allocation_seeds` (
	`study_id` text PRIMARY KEY NOT NULL,
	`sealed` blob NOT NULL,
	`key_id` text NOT NULL,
	`stored_at` text NOT NULL
);
