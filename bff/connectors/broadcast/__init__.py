"""NHK: the household's reception contract (放送受信契約), its address and how far it is paid."""
