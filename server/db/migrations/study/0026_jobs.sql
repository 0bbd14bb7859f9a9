CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`study_id` text NOT NULL,
	`kind` text NOT NULL,
	`entry` text NOT NULL,
	`state` text NOT NULL,
	`started_by` text,
	`started_at` text NOT NULL,
	`why` text,
	`preview` text,
	`last` text,
	`done` integer NOT NULL,
	`changed` integer NOT NULL,
	`moved_at` text NOT NULL,
	`ended_at` text,
	`failure` text,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `jobs_study` ON `jobs` (`study_id`,`started_at`);--> statement-breakpoint
CREATE INDEX `jobs_state` ON `jobs` (`state`);