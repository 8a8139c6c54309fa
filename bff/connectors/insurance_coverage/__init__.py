"""オンライン資格確認: whether somebody is insured on a day; yes or no, for a medical institution alone."""
