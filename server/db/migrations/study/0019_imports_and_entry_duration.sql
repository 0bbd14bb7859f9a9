CREATE TABLE `imports` (
	`id` text PRIMARY KEY NOT NULL,
	`study_id` text NOT NULL,
	`started_by` text NOT NULL,
	`started_at` text NOT NULL,
	`ended_at` text,
	`state` text NOT NULL,
	`cases` integer NOT NULL,
	`participants` integer NOT NULL,
	`problems` text NOT NULL,
	`arms` text NOT NULL,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `imports_study` ON `imports` (`study_id`,`started_at`);--> statement-breakpoint
ALTER TABLE `entries` ADD `typed_ms` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `responses` ADD `entry_duration` integer;