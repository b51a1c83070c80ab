-- The service's own id of what runs on a subscription, for events that it can act upon without a look-up.
ALTER TABLE subscription ADD deployment text COLLATE "C";
