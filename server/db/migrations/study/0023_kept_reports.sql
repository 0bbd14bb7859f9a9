CREATE TABLE `reports` (
	`id` text PRIMARY KEY NOT NULL,
	`study_id` text NOT NULL,
	`started_by` text NOT NULL,
	`started_at` text NOT NULL,
	`ended_at` text,
	`state` text NOT NULL,
	`options` text NOT NULL,
	`protocol` text NOT NULL,
	`cases` integer NOT NULL,
	`failure` text,
	`cases_removed_at` text,
	`removed_at` text,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `reports_study` ON `reports` (`study_id`,`started_at`);--> statement-breakpoint
CREATE INDEX `reports_files` ON `reports` (`state`,`removed_at`);