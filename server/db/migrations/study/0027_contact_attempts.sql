CREATE TABLE `contact_attempts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`case_id` text NOT NULL,
	`participant_id` text NOT NULL,
	`wave` text,
	`means` text NOT NULL,
	`outcome` text NOT NULL,
	`tried_on` text NOT NULL,
	`next_on` text,
	`staff_id` text NOT NULL,
	`at` text NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`participant_id`) REFERENCES `participants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `contact_attempts_case` ON `contact_attempts` (`case_id`);--> statement-breakpoint
CREATE INDEX `contact_attempts_participant` ON `contact_attempts` (`participant_id`);