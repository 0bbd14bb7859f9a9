CREATE TABLE `reminder_links` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`participant_id` text NOT NULL,
	`created_at` text NOT NULL,
	FOREIGN KEY (`participant_id`) REFERENCES `participants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `participants` ADD `reminders_stopped_at` text;--> statement-breakpoint
ALTER TABLE `participants` ADD `answers_erased_at` text;--> statement-breakpoint
ALTER TABLE `participants` ADD `contact_removed_at` text;--> statement-breakpoint
ALTER TABLE `studies` ADD `help_line` text;