extension RecordSchema {
    // An event may be there without its recording, when only events are read; so recordings are joined from the left.
    // Where a maximum stands alone among columns, SQLite takes the others from the row that has it.
    static let firstViews = """
        CREATE VIEW accesses AS
            SELECT e.source, e.connector, e.recording_id, r.title, r.site, r.started_at,
                r.host_id, r.host_name, r.host_email, e.id AS event_id, e.occurred_at, action.value AS action,
                e.person, e.actor_id, e.actor_name, e.actor_email,
                CASE
                    WHEN e.actor_email IS NOT NULL AND r.host_email IS NOT NULL
                        THEN lower(e.actor_email) = lower(r.host_email)
                    ELSE e.actor_id = r.host_id
                END AS by_host,
                e.self_induced
            FROM access_events e
            JOIN json_each(e.actions) action
            LEFT JOIN recordings r ON r.source = e.source AND r.id = e.recording_id;
        CREATE VIEW latest_accesses AS
            SELECT e.source, e.connector, e.recording_id, r.title, r.site, r.started_at,
                r.host_id, r.host_name, r.host_email, max(e.occurred_at) AS occurred_at, e.actions,
                e.person, e.actor_id, e.actor_name, e.actor_email, count(*) AS access_events
            FROM access_events e
            LEFT JOIN recordings r ON r.source = e.source AND r.id = e.recording_id
            WHERE e.is_access AND e.self_induced IS NOT 1
            GROUP BY e.source, e.recording_id
            ORDER BY 10 DESC;
        CREATE VIEW accesses_per_person AS
            SELECT source, connector, person, max(actor_name) AS actor_name, count(*) AS access_events,
                count(DISTINCT recording_id) AS recordings, sum(viewed) AS view_events,
                sum(downloaded) AS download_events, min(occurred_at) AS first_access, max(occurred_at) AS last_access
            FROM access_events
            WHERE is_access AND self_induced IS NOT 1
            GROUP BY source, person
            ORDER BY access_events DESC, source, person;
        CREATE VIEW most_downloaded AS
            SELECT s.source, s.connector, s.recording_id, r.title, r.site, r.started_at,
                r.host_id, r.host_name, r.host_email, s.downloads, s.views, s.as_of,
                (
                    SELECT count(DISTINCT e.person) FROM access_events e
                    WHERE e.source = s.source AND e.recording_id = s.recording_id
                        AND e.downloaded AND e.self_induced IS NOT 1
                ) AS known_downloaders
            FROM access_summaries s
            LEFT JOIN recordings r ON r.source = s.source AND r.id = s.recording_id
            WHERE s.downloads > 0
            ORDER BY s.downloads DESC, s.views DESC, s.source, s.recording_id;
        CREATE VIEW recordings_without_access AS
            SELECT r.source, r.connector, r.id AS recording_id, r.title, r.site, r.started_at, r.created_at,
                r.status, r.host_id, r.host_name, r.host_email, s.views, s.downloads, s.as_of
            FROM recordings r
            LEFT JOIN access_summaries s ON s.source = r.source AND s.recording_id = r.id
            WHERE coalesce(s.views, 0) = 0 AND coalesce(s.downloads, 0) = 0
                AND NOT EXISTS (
                    SELECT 1 FROM access_events e
                    WHERE e.source = r.source AND e.recording_id = r.id AND e.is_access AND e.self_induced IS NOT 1
                )
            ORDER BY coalesce(r.started_at, r.created_at), r.source, r.id;
        CREATE VIEW recordings_without_media AS
            SELECT r.source, r.connector, r.id AS recording_id, r.title, r.site, r.started_at, r.created_at,
                r.status, r.host_id, r.host_name, r.host_email, m.rendition, m.state, m.reason
            FROM recordings r
            LEFT JOIN media m ON m.source = r.source AND m.recording_id = r.id
            WHERE m.state IS NULL OR m.state <> 'stored'
            ORDER BY coalesce(r.started_at, r.created_at), r.source, r.id, m.rendition;
        CREATE VIEW recording_changes AS
            SELECT e.source, e.connector, e.recording_id, r.title, r.site, r.host_email,
                e.id AS event_id, e.occurred_at, action.value AS action,
                e.person, e.actor_id, e.actor_name, e.actor_email, e.changes, e.self_induced
            FROM access_events e
            JOIN json_each(e.actions) action
            LEFT JOIN recordings r ON r.source = e.source AND r.id = e.recording_id
            WHERE action.value IN ('create', 'update', 'delete');
        """
}
