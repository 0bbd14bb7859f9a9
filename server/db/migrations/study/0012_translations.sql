ALTER TABLE `consents` ADD `translation` text;--> statement-breakpoint
ALTER TABLE `responses` ADD `translation` text;--> statement-breakpoint
ALTER TABLE `studies` ADD `drafts_accepted` text DEFAULT '[]' NOT NULL;