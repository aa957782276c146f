"""fenmen (分门): files Chinese newspaper and web articles under the right topics."""
