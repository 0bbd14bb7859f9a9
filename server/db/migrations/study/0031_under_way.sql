CREATE TABLE `under_way` (
	`id` text PRIMARY KEY NOT NULL,
	`process` text NOT NULL,
	`heard_at` text NOT NULL,
	`progress` text NOT NULL,
	`stop_asked_at` text
);
