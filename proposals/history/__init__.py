"""Below the models: events, history that tells the truth, the signed journal, the guarded base."""
