ALTER TABLE `staff_links` ADD `mail` text;--> statement-breakpoint
ALTER TABLE `staff_links` ADD `mail_detail` text;--> statement-breakpoint
ALTER TABLE `staff_sessions` ADD `challenge` text;