CREATE TABLE `entries` (
	`id` text PRIMARY KEY NOT NULL,
	`study_id` text NOT NULL,
	`assignment_id` text NOT NULL,
	`pass` integer NOT NULL,
	`double` integer NOT NULL,
	`entered_by` text NOT NULL,
	`means` text NOT NULL,
	`answered_on` text NOT NULL,
	`language` text NOT NULL,
	`reason` text,
	`state` text NOT NULL,
	`revision` integer NOT NULL,
	`answers` text NOT NULL,
	`skipped` text NOT NULL,
	`page` text,
	`begun_at` text NOT NULL,
	`saved_at` text NOT NULL,
	`decision` text,
	`decided_by` text,
	`decided_at` text,
	`decision_reason` text,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`assignment_id`) REFERENCES `assignments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `entries_pass` ON `entries` (`assignment_id`,`pass`);--> statement-breakpoint
CREATE INDEX `entries_unused` ON `entries` (`study_id`,`begun_at`) WHERE state <> 'used';--> statement-breakpoint
CREATE TABLE `query_notes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`query_id` integer NOT NULL,
	`kind` text NOT NULL,
	`by` text NOT NULL,
	`at` text NOT NULL,
	`text` text,
	FOREIGN KEY (`query_id`) REFERENCES `value_queries`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `query_notes_query` ON `query_notes` (`query_id`);--> statement-breakpoint
CREATE TABLE `value_changes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`response_id` text NOT NULL,
	`item` text NOT NULL,
	`before` text,
	`after` text,
	`by` text NOT NULL,
	`at` text NOT NULL,
	`reason` text NOT NULL,
	`query_id` integer,
	FOREIGN KEY (`response_id`) REFERENCES `responses`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`query_id`) REFERENCES `value_queries`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `value_changes_response` ON `value_changes` (`response_id`);--> statement-breakpoint
CREATE TABLE `value_queries` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`study_id` text NOT NULL,
	`case_id` text NOT NULL,
	`assignment_id` text NOT NULL,
	`item` text,
	`state` text NOT NULL,
	`asked_by` text NOT NULL,
	`asked_at` text NOT NULL,
	`changed_at` text NOT NULL,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`assignment_id`) REFERENCES `assignments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `value_queries_state` ON `value_queries` (`study_id`,`state`,`id`);--> statement-breakpoint
CREATE INDEX `value_queries_case` ON `value_queries` (`case_id`);--> statement-breakpoint
ALTER TABLE `responses` ADD `entered_by` text;--> statement-breakpoint
ALTER TABLE `responses` ADD `means` text;--> statement-breakpoint
ALTER TABLE `responses` ADD `answered_on` text;--> statement-breakpoint
CREATE INDEX `assignments_work` ON `assignments` (`study_id`,`instrument_id`,`closes_at`) WHERE state in ('scheduled', 'open', 'in progress');