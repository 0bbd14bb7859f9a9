ALTER TABLE `drafts` ADD `duration` integer;--> statement-breakpoint
ALTER TABLE `responses` ADD `duration` integer;