CREATE TABLE `devices` (
	`id` text PRIMARY KEY NOT NULL,
	`mark_hash` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `devices_mark` ON `devices` (`mark_hash`);--> statement-breakpoint
CREATE INDEX `devices_expiry` ON `devices` (`expires_at`);--> statement-breakpoint
ALTER TABLE `drafts` ADD `given_on` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `drafts` ADD `device_id` text;--> statement-breakpoint
ALTER TABLE `drafts` ADD `save_id` text;--> statement-breakpoint
ALTER TABLE `responses` ADD `submission_id` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `device_id` text;