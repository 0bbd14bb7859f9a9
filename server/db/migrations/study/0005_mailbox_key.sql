ALTER TABLE `participants` ADD `mailbox_key` text;--> statement-breakpoint
CREATE INDEX `participants_mailbox` ON `participants` (`mailbox_key`);