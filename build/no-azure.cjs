// Stands in for the @azure packages in the bundle: tedious loads them for logins by Microsoft Entra ID and for keys in
// Azure Key Vault. This tool logs in with a name and a password, so none of it is ever called.
module.exports = {};
