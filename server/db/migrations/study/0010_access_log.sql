CREATE TABLE `access_log` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` text NOT NULL,
	`staff_id` text,
	`via` text NOT NULL,
	`action` text NOT NULL,
	`outcome` text NOT NULL,
	`study_id` text,
	`case_id` text,
	`reason` text,
	`detail` text,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `access_log_case` ON `access_log` (`case_id`);--> statement-breakpoint
CREATE INDEX `access_log_staff` ON `access_log` (`staff_id`);